using System.Net;
using CfAccess.AspNetCore;
using CfAccess.Testing;
using CfAccess.Testing.Leaks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;

namespace CfAccess.Documentation.Tests;

/// <summary>The code of the page about answers does what the page says.</summary>
public sealed class AnsweringTests
{
    [Fact]
    public async Task A_browser_is_sent_to_the_login_and_a_program_gets_problem_details()
    {
        await using var app = await StartAsync();
        using var browser = app.GetTestClient();
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Mode", "navigate");
        using var program = app.GetTestClient();
        using var redirect = await browser.GetAsync("/me", TestContext.Current.CancellationToken);
        using var problem = await program.GetAsync("/me", TestContext.Current.CancellationToken);

        redirect.StatusCode.ShouldBe(HttpStatusCode.Found);
        redirect.Headers.Location!.OriginalString.ShouldBe(
            $"https://acme.cloudflareaccess.com/cdn-cgi/access/login/localhost?kid={TestTeam.Audience}&redirect_url=%2Fme");
        problem.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        problem.Headers.WwwAuthenticate.ToString().ShouldBe("Cloudflare-Access");
        problem.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Logging_out_leads_to_the_edge()
    {
        await using var app = await StartAsync();
        using var client = app.GetTestClient();
        using var response = await client.GetAsync("/log-out", TestContext.Current.CancellationToken);

        response.Headers.Location!.OriginalString.ShouldBe("/cdn-cgi/access/logout");
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseTestServer();
        builder.Services.AddSecretWatch();
        builder.Configuration.AddInMemoryCollection(
        [
            new("Authentication:Schemes:CloudflareAccess:TeamDomain", "acme"),
            new("Authentication:Schemes:CloudflareAccess:Audiences:0", TestTeam.Audience),
            new("Authentication:Schemes:CloudflareAccess:Keys:Prewarm", nameof(CloudflareAccessPrewarm.Off)),
        ]);
        builder.Services.AddAnswers();
        var app = builder.Build();
        app.MapGet("/me", () => "in").RequireAuthorization();
        app.MapLogOut();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
