using System.Net;
using System.Text;
using CfAccess.AspNetCore;
using CfAccess.Documentation.Tests.Snippets;
using CfAccess.Emulator;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Documentation.Tests;

/// <summary>What the README shows beside its first program works with the settings that the README shows.</summary>
public sealed class ReadmeTests
{
    private const string Deploy = "c9bbbfb4f0d4a7d4b7c3b0e1f2a3d4c5.access";

    [Theory]
    [InlineData("people", true, true, false)]
    [InlineData("platform", true, false, false)]
    [InlineData("deploy", false, false, true)]
    [InlineData("this app", true, true, true)]
    public async Task Each_policy_of_the_readme_allows_the_callers_that_it_names(string policy, bool alice, bool bob, bool service)
    {
        using var emulator = new AccessEmulator(new() { ServiceTokens = [new() { ClientId = Deploy }] });
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseTestServer();
        builder.WebHost.UseCloudflareAccessEmulator(emulator);
        builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(new Markdown("README.md").Blocks("json").First())));
        builder.Services.AddCloudflareAccess(options => options.Keys.Prewarm = CloudflareAccessPrewarm.FailFast);
        ReadmeProgram.AddPolicies(builder);
        await using var app = builder.Build();
        app.MapGet("/", () => "inside").RequireAuthorization(policy);
        await app.StartAsync(TestContext.Current.CancellationToken);

        (await StatusAsync(client => client.AsAccessUser(emulator, "alice@example.com"))).ShouldBe(Expected(alice));
        (await StatusAsync(client => client.AsAccessUser(emulator, "bob@example.com"))).ShouldBe(Expected(bob));
        (await StatusAsync(client => client.AsAccessService(emulator, Deploy))).ShouldBe(Expected(service));

        async Task<HttpStatusCode> StatusAsync(Func<HttpClient, HttpClient> logIn)
        {
            using var client = logIn(app.GetTestClient());
            using var response = await client.GetAsync("/", TestContext.Current.CancellationToken);
            return response.StatusCode;
        }
    }

    private static HttpStatusCode Expected(bool isAllowed) => isAllowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
}
