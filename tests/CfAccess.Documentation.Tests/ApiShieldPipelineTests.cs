using System.Net;
using System.Security.Claims;
using CfAccess.ApiShield;
using CfAccess.AspNetCore;
using CfAccess.Documentation.Tests.Snippets;
using CfAccess.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Documentation.Tests;

/// <summary>The pipeline that the page about API Shield shows protects endpoints by its rules and by Access.</summary>
public sealed class ApiShieldPipelineTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Endpoints_are_protected_by_rules_and_by_access(bool routesByItself)
    {
        using var emulator = new AccessEmulator(new() { Edge = false });
        await using var app = await StartAsync(emulator, routesByItself);
        var token = emulator.MintPersonToken("alice@example.com");

        (await StatusAsync(app, "/profile")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(app, "/profile", token)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(app, "/accounts/1", token)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(app, "/open")).ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<WebApplication> StartAsync(AccessEmulator emulator, bool routesByItself)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseTestServer();
        builder.WebHost.UseCloudflareAccessEmulator(emulator);
        builder.Services.AddCloudflareAccess();
        builder.Services.AddApiShield(options =>
        {
            options.Configurations = ApiShieldDocumentSource.FromFile(Document("token-configurations.json"));
            options.Rules = ApiShieldDocumentSource.FromFile(Document("token-rules.json"));
            options.Operations = ApiShieldDocumentSource.FromFile(Document("operations.json"));
        });
        var app = builder.Build();
        if (routesByItself)
        {
            ApiShieldPipeline.Use(app);
        }
        else
        {
            app.UseApiShield();
        }

        app.MapGet("/accounts/{id}", (string id) => id);
        app.MapGet("/profile", (ClaimsPrincipal user) => user.GetAccessEmail()).RequireAuthorization();
        app.MapGet("/open", () => "open");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static string Document(string name) => Path.Combine(AppContext.BaseDirectory, "api-shield", name);

    private static async Task<HttpStatusCode> StatusAsync(WebApplication app, string path, string? token = null)
    {
        using var client = app.GetTestClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = "api.example.com";
        if (token is not null)
        {
            request.Headers.Add(CloudflareAccessDefaults.AssertionHeader, token);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
