using System.Net;
using CfAccess.AspNetCore;
using CfAccess.Documentation.Tests.Snippets;
using CfAccess.Emulator;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Documentation.Tests;

/// <summary>What the pages about services, teams and the tunnel show does what they say.</summary>
public sealed class ThePagesRunTests
{
    private const string Acme = "https://acme.cloudflareaccess.com";
    private const string Shop = "c9bbbfb4f0d4a7d4b7c3b0e1f2a3d4c5.access";

    [Fact]
    public async Task The_listed_service_imports_and_nobody_else()
    {
        using var emulator = new AccessEmulator(new() { ServiceTokens = [new() { ClientId = Shop }, new() { ClientId = "other.access" }] });
        await using var app = await StartAsync(emulator, Snippets.Services.AddServicePolicy, Snippets.Services.MapForServices);

        (await PostAsync(app.GetTestClient().AsAccessService(emulator, Shop), "/import")).ShouldBe((HttpStatusCode.OK, $"Imported for {Shop}."));
        (await PostAsync(app.GetTestClient().AsAccessService(emulator, "other.access"), "/import")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(app.GetTestClient().AsAccessUser(emulator, "alice@example.com"), "/import")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await GetAsync(app.GetTestClient().AsAccessService(emulator, Shop), "/report")).Body.ShouldBe("The report for programs.");
        (await GetAsync(app.GetTestClient().AsAccessUser(emulator, "alice@example.com"), "/report")).Body.ShouldBe("The report for alice@example.com.");
    }

    [Fact]
    public async Task An_endpoint_that_asks_for_its_audience_refuses_the_other_application()
    {
        const string second = "32eafc7626e737863a6c1cdb5e4d4f2d9e4b2c4e3dbee3ab1e26b3b5d54b4ac7";
        using var emulator = new AccessEmulator(new() { Edge = false });
        await using var app = await StartAsync(
            emulator, builder => builder.Services.AddCloudflareAccess(options => options.Audiences = [TestTeam.Audience, second]), SeveralTeams.MapSecondApplication);

        (await WithAsync(emulator.MintPersonToken("alice@example.com", token => token.Payload["aud"] = second))).ShouldBe(HttpStatusCode.OK);
        (await WithAsync(emulator.MintPersonToken("alice@example.com", token => token.Payload["aud"] = TestTeam.Audience))).ShouldBe(HttpStatusCode.Forbidden);

        async Task<HttpStatusCode> WithAsync(string token)
        {
            using var client = app.GetTestClient();
            client.DefaultRequestHeaders.Add(CloudflareAccessDefaults.AssertionHeader, token);
            return (await GetAsync(client, "/admin")).Status;
        }
    }

    [Fact]
    public async Task A_requirement_of_another_team_is_not_met_by_the_same_name()
    {
        using var emulator = new AccessEmulator(new() { Issuer = Acme });
        await using var app = await StartAsync(
            emulator,
            builder => builder.Services.AddCloudflareAccess(options => options.Teams =
            [
                new() { TeamDomain = "acme", Audiences = [AccessEmulatorDefaults.Audience], GroupsClaim = "groups" },
                new() { TeamDomain = "partner", Audiences = ["9607121bab7ceeed691bc06782b5030c7e054a27e3f98467b79f97a5f3708112"] },
            ]),
            SeveralTeams.MapForBoth);
        using var alice = app.GetTestClient().AsAccessUser(emulator, "alice@example.com", groups: ["finance"]);

        (await GetAsync(alice, "/ledger")).Status.ShouldBe(HttpStatusCode.OK);
        (await GetAsync(alice, "/orders")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await GetAsync(alice, "/news")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Two_schemes_stand_side_by_side()
    {
        using var emulator = new AccessEmulator(new() { Issuer = "https://partner.cloudflareaccess.com" });
        await using var app = await StartAsync(emulator, SeveralTeams.AddTwoSchemes, SeveralTeams.MapForPartner);

        (await GetAsync(app.GetTestClient().AsAccessUser(emulator, "alice@example.com"), "/partner")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_probe_needs_no_token()
    {
        using var emulator = new AccessEmulator(new() { Edge = false });
        await using var app = await StartAsync(emulator, BehindTunnel.Add, BehindTunnel.Use);

        (await GetAsync(app.GetTestClient(), "/health")).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<WebApplication> StartAsync(AccessEmulator emulator, Action<WebApplicationBuilder> add, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseTestServer();
        builder.WebHost.UseCloudflareAccessEmulator(emulator);
        builder.Services.AddCloudflareAccess(options => options.Keys.Prewarm = CloudflareAccessPrewarm.FailFast);
        add(builder);
        var app = builder.Build();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(HttpClient client, string path)
    {
        using var response = await client.PostAsync(path, content: null, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
