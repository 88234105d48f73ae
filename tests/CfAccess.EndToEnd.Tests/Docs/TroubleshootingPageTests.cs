using System.Net;
using CfAccess.AspNetCore;
using CfAccess.Emulator;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CfAccess.EndToEnd.Tests.Docs;

/// <summary>Who reads the page in trouble finds each word that the log can hold, and the line that the page quotes.</summary>
public sealed class TroubleshootingPageTests
{
    private static readonly Markdown Page = new("docs/troubleshooting.md");

    [Fact]
    public void Every_reason_has_its_row_and_there_is_no_other()
    {
        var rows = Page.Rows("What the words mean").ToList();

        rows.Select(row => row[0].Trim('`')).ShouldBe(Enum.GetValues<AccessFailureReason>().Select(reason => AccessTokenResult.Refused(reason).ReasonWord!));
        rows.Where(row => row is not [_, { Length: > 5 }, { Length: > 5 }]).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_token_of_another_application_leaves_the_line_that_the_page_quotes()
    {
        using var emulator = new AccessEmulator(new() { Edge = false });
        using var log = new LogCollector();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseTestServer();
        builder.WebHost.UseCloudflareAccessEmulator(emulator);
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddCloudflareAccess();
        await using var app = builder.Build();
        app.MapGet("/me", () => "in").RequireAuthorization();
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = app.GetTestClient();
        client.DefaultRequestHeaders.Add(CloudflareAccessDefaults.AssertionHeader, emulator.MintWrongToken(AccessEmulatorWrongToken.OtherAudience));

        using var response = await client.GetAsync("/me", TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var line = log.Named("TokenRefused").Single();
        Page.Text.ShouldContain($"`{line.Message}`", Case.Sensitive);
        line.Category.ShouldBe("CfAccess.Authentication");
        line.Level.ShouldBe(LogLevel.Information);
    }
}
