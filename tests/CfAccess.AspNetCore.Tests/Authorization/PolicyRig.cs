using System.Text.Json.Nodes;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace CfAccess.AspNetCore.Tests.Authorization;

/// <summary>
/// An application of two teams, with an endpoint for each policy. The first team's groups come from <c>custom</c> or from get-identity; the
/// second, a partner, has groups in its tokens that the settings take for nothing.
/// </summary>
internal sealed class PolicyRig : IAsyncDisposable
{
    public const string GroupId = "02fk6b3p3majl10";
    private const string OtherClientId = "00000000000000000000000000000000.access";
    private const string Team = "acme";
    private const string Groups = $$"""[{"id":"{{GroupId}}","name":"{{TestTeam.Group}}","email":"platform@example.com"}]""";

    private readonly TokenMinter _partner;

    private PolicyRig(AccessHost host)
    {
        Host = host;
        _partner = new TokenMinter(host.Clock, TestKey.Get("partner"));
    }

    public AccessHost Host { get; }

    public static async Task<PolicyRig> StartAsync(bool fromIdentity, Action<WebApplication>? map = null)
    {
        var host = await AccessHost.StartAsync(
            options =>
            {
                options.TeamDomain = null;
                options.Audiences = [];
                options.Teams =
                [
                    new()
                    {
                        TeamDomain = Team,
                        Audiences = [TestTeam.Audience, TestTeam.OtherAudience],
                        GroupsFromIdentity = fromIdentity,
                        GroupsClaim = fromIdentity ? null : "groups",
                    },
                    new() { TeamDomain = "partner", Audiences = [TestTeam.PartnerAudience] },
                ];
            },
            map: app =>
            {
                Map(app);
                map?.Invoke(app);
            });
        host.Endpoint.PublishAt(TestTeam.PartnerCertsUrl, TestKey.Get("partner"));
        host.Identities.Tell(identity => identity["groups"] =
            identity["email"]!.GetValue<string>() == TestTeam.Email ? JsonNode.Parse(Groups) : new JsonArray());
        return new PolicyRig(host);
    }

    /// <summary>The token of one of the callers in the table.</summary>
    public string? TokenOf(string caller) => caller switch
    {
        "person in the group" or "the same while get-identity is down" => Host.Minter.MintPerson(InGroup),
        "person not in the group" => Host.Minter.MintPerson(payload =>
            (payload["email"], payload["sub"]) = ("bob@example.com", "bob")),
        "person of another domain" => Host.Minter.MintPerson(payload =>
            (payload["email"], payload["sub"]) = ("eve@sub.example.com", "eve")),
        "service token on the list" => Host.Minter.MintService(),
        "service token not on the list" => Host.Minter.Sign(Host.Minter.Service(OtherClientId)),
        "person of the partner" => _partner.MintPerson(payload => OfPartner(payload, "carol@partner.example")),
        "person of the partner, same e-mail and group" => _partner.MintPerson(payload =>
        {
            OfPartner(payload, TestTeam.Email);
            InGroup(payload);
        }),
        "person of the other application here" => Host.Minter.MintPerson(payload =>
        {
            InGroup(payload);
            payload["aud"] = TestTeam.OtherAudience;
        }),
        "person of an application elsewhere" => Host.Minter.MintPerson(payload => payload["aud"] = new string('0', 64)),
        "nobody" => null,
        _ => throw new ArgumentOutOfRangeException(nameof(caller), caller, "Not in the table."),
    };

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private static void Map(WebApplication app)
    {
        app.MapGet("/anyone", () => "in").RequireAuthorization();
        Protect("person", policy => policy.RequireAccessUser(Team));
        Protect("group", policy => policy.RequireAccessGroup([TestTeam.Group], Team));
        Protect("group-id", policy => policy.RequireAccessGroupId([GroupId], Team));
        app.MapGet("/role", [Authorize(Roles = TestTeam.Group)] () => "in");
        Protect("service", policy => policy.RequireAccessServiceToken([TestTeam.ClientId], Team));
        Protect("domain", policy => policy.RequireAccessEmailDomain(["EXAMPLE.com"], Team));
        app.MapGet("/audience", () => "in").RequireAccessAudience([TestTeam.OtherAudience], Team);
        Protect("partner", policy => policy.RequireAccessUser("partner"));
        app.MapGet("/attribute", [RequireAccessGroup(TestTeam.Group, Team = Team)] () => "in");
        var both = app.MapGroup("/both").RequireAccessAudience([TestTeam.OtherAudience], Team);
        both.MapGet("/", [RequireAccessGroup("other", TestTeam.Group, Team = Team)] () => "in");

        void Protect(string name, Action<AuthorizationPolicyBuilder> policy) => app.MapGet("/" + name, () => "in").RequireAuthorization(policy);
    }

    private static void InGroup(JsonObject payload) => payload["custom"] = new JsonObject { ["groups"] = JsonNode.Parse(Groups) };

    private static void OfPartner(JsonObject payload, string email) =>
        (payload["iss"], payload["aud"], payload["email"]) = (TestTeam.PartnerIssuer, TestTeam.PartnerAudience, email);
}
