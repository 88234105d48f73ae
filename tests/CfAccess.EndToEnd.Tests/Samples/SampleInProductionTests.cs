using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CfAccess.AspNetCore;
using CfAccess.Emulator;
using CfAccess.Testing;

namespace CfAccess.EndToEnd.Tests.Samples;

/// <summary>The same sample as it is deployed: no emulator, its settings from the environment, keys from an endpoint of somebody else's.</summary>
public sealed class SampleInProductionTests
{
    private const string Settings = "Authentication__Schemes__CloudflareAccess__";

    [Fact]
    public async Task It_takes_its_settings_from_the_environment_and_works_against_any_keys_endpoint()
    {
        await using var team = await LoopbackKeysEndpoint.StartAsync(TestKey.Get("previous"), TestKey.Get("current"));
        await using var sample = await StartAsync(team);
        using var client = new HttpClient { BaseAddress = sample.Address };
        var minter = new TokenMinter(TimeProvider.System);

        (await AskAsync(client, "/", token: null)).Status.ShouldBe(HttpStatusCode.OK);
        (await AskAsync(client, "/me", token: null)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsync(client, "/me", "abc")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsync(client, "/cdn-cgi/access/login/127.0.0.1", token: null)).Status.ShouldBe(HttpStatusCode.NotFound);

        var person = Of(team, minter.Person());
        person["custom"] = new JsonObject { ["groups"] = new JsonArray("platform") };
        var (status, body) = await AskAsync(client, "/me", minter.Mint(person));
        status.ShouldBe(HttpStatusCode.OK);
        JsonDocument.Parse(body).RootElement.GetProperty("email").GetString().ShouldBe(TestTeam.Email);
        (await AskAsync(client, "/admin", minter.Mint(person))).Status.ShouldBe(HttpStatusCode.OK);

        var robot = Of(team, minter.Service(AccessEmulatorDefaults.ServiceTokenClientId));
        (await AskAsync(client, "/robots", minter.Mint(robot))).Status.ShouldBe(HttpStatusCode.OK);
        (await AskAsync(client, "/robots", minter.Mint(Of(team, minter.Service())))).Status.ShouldBe(HttpStatusCode.Forbidden);
        sample.Output.ShouldNotContain("Client Secret");
    }

    [Fact]
    public async Task Its_header_limit_can_be_set_from_outside()
    {
        await using var team = await LoopbackKeysEndpoint.StartAsync(TestKey.Get("current"));
        await using var usual = await StartAsync(team);
        await using var raised = await StartAsync(team, ("Kestrel__Limits__MaxRequestHeadersTotalSize", "262144"));
        using var client = new HttpClient();
        var large = new string('a', 60_000);

        client.BaseAddress = usual.Address;
        (await AskAsync(client, "/me", large)).Status.ShouldBe(HttpStatusCode.RequestHeaderFieldsTooLarge);
        using var other = new HttpClient { BaseAddress = raised.Address };
        (await AskAsync(other, "/me", large)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Without_settings_it_does_not_start_and_says_what_to_set()
    {
        var (exitCode, output) = await SampleProcess.RunToEndAsync("MinimalApi", "Production");

        exitCode.ShouldNotBe(0);
        output.ShouldContain("Authentication:Schemes:CloudflareAccess:TeamDomain is missing.");
        output.ShouldContain("Authentication:Schemes:CloudflareAccess:Audiences is empty.");
    }

    private static Task<SampleProcess> StartAsync(LoopbackKeysEndpoint team, params (string Name, string Value)[] more) => SampleProcess.StartAsync(
        "MinimalApi",
        "Production",
        [
            (Settings + "TeamDomain", team.Origin.GetLeftPart(UriPartial.Authority)),
            (Settings + "Audiences__0", TestTeam.Audience),
            (Settings + "AllowCustomTeamDomain", "true"),
            .. more,
        ]);

    private static JsonObject Of(LoopbackKeysEndpoint team, JsonObject payload)
    {
        payload["iss"] = team.Origin.GetLeftPart(UriPartial.Authority);
        return payload;
    }

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(HttpClient client, string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(CloudflareAccessDefaults.AssertionHeader, token);
        using var response = await client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
