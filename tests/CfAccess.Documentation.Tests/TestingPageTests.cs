using System.Net;
using CfAccess.Documentation.Tests.Snippets;
using CfAccess.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;

namespace CfAccess.Documentation.Tests;

/// <summary>The pieces of the page about tests do what the page says.</summary>
public sealed class TestingPageTests(WebApplicationFactory<Program> factory) : IClassFixture<WebApplicationFactory<Program>>
{
    [Fact]
    public async Task The_application_of_the_page_gives_its_first_test_the_responses_that_it_expects()
    {
        using var emulator = new AccessEmulator();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseTestServer();
        builder.WebHost.UseCloudflareAccessEmulator(emulator);
        EmulatorPage.AddAdmin(builder);
        await using var app = builder.Build();
        EmulatorPage.MapAdmin(app);
        await app.StartAsync(TestContext.Current.CancellationToken);

        (await StatusAsync(client => client.AsAccessUser(emulator, "alice@example.com", groups: ["platform"]))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(client => client.AsAccessUser(emulator, "bob@example.com", groups: ["sales"]))).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(client => client.AsAccessService(emulator, AccessEmulatorDefaults.ServiceTokenClientId))).ShouldBe(HttpStatusCode.Forbidden);

        async Task<HttpStatusCode> StatusAsync(Func<HttpClient, HttpClient> logIn)
        {
            using var client = logIn(app.GetTestClient());
            using var response = await client.GetAsync("/admin", TestContext.Current.CancellationToken);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task A_token_of_the_new_key_causes_the_refresh_after_which_the_withdrawn_key_is_rejected() =>
        (await EmulatorPage.WithdrawAsync(factory)).ShouldBe((HttpStatusCode.OK, HttpStatusCode.Unauthorized));
}
