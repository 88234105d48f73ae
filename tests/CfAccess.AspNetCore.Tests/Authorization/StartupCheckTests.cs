using System.Net;
using System.Security.Claims;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Authorization;

/// <summary>An application whose endpoints are protected in a way that cannot work does not start.</summary>
public sealed class StartupCheckTests
{
    public static TheoryData<string> TeamlessEndpoints => ["policy", "named", "default", "fallback", "attribute", "audience", "group"];

    [Theory]
    [MemberData(nameof(TeamlessEndpoints))]
    public async Task An_application_with_several_teams_and_a_requirement_without_a_team_does_not_start(string kind)
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(kind));

        failure.Message.ShouldContain("names no team, but the application trusts several. Name the team, as in RequireAccessUser(team: \"acme\")");
        failure.Message.ShouldContain("Authentication:Schemes:CloudflareAccess:TrustAllTeamsAlike");
    }

    [Theory]
    [MemberData(nameof(TeamlessEndpoints))]
    public async Task Requirements_need_no_team_if_all_teams_are_declared_one_organization(string kind)
    {
        await using var host = await StartAsync(kind, options => options.TrustAllTeamsAlike = true);

        (await host.StatusAsync(host.Minter.MintPerson(), "/it")).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(host.Minter.MintPerson(payload => payload["iss"] = TestTeam.PartnerIssuer), "/it")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Teams_of_different_schemes_are_several_teams()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => TwoSchemesAsync("Partner"));
        failure.Message.ShouldContain("names no team");

        await using var host = await TwoSchemesAsync("Partner", new RequireAccessUserAttribute { Team = "partner" });
        (await host.StatusAsync(host.Minter.MintPerson(OfPartner), "/it")).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(host.Minter.MintPerson(), "/it")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_partner_from_a_forwarding_scheme_meets_no_requirement_without_a_team()
    {
        await using var host = await TwoSchemesAsync(
            "Partner",
            new RequireAccessUserAttribute { Team = "partner" },
            builder => builder.Services.AddAuthentication("smart").AddPolicyScheme("smart", null, options => options.ForwardDefault = "Partner"),
            app => app.MapGet("/asked", async (ClaimsPrincipal user, IAuthorizationService authorization) =>
                (await authorization.AuthorizeAsync(user, new AuthorizationPolicyBuilder().RequireAccessUser().Build())).Succeeded));

        using var response = await host.GetAsync(host.Minter.MintPerson(OfPartner), "/asked");

        (await response.Content.ReadAsStringAsync()).ShouldBe("false");
    }

    [Fact]
    public async Task An_application_that_demands_an_unknown_scheme_does_not_start()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => TwoSchemesAsync("Partnr", new RequireAccessUserAttribute { Team = "partner" }));

        failure.Message.ShouldContain("'HTTP: GET /it': the authentication scheme 'Partnr' does not exist. Add it, or name one of these: CloudflareAccess, Partner.");
    }

    [Fact]
    public async Task A_problem_of_several_endpoints_is_reported_once()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => AccessHost.StartAsync(map: app =>
        {
            app.MapGet("/one", [Authorize(AuthenticationSchemes = "Nix")] () => "in");
            app.MapGet("/two", [Authorize(AuthenticationSchemes = "Nix")] () => "in");
            app.MapGet("/three", [AllowAnonymous, Authorize(AuthenticationSchemes = "Nix")] () => "in");
        }));

        failure.Message.ShouldContain("'HTTP: GET /one' and 1 more: the authentication scheme");
    }

    [Fact]
    public async Task A_requirement_without_a_team_that_the_start_cannot_see_allows_nobody()
    {
        await using var host = await AccessHost.StartAsync(TwoTeams, map: app => app.MapGet(
            "/it",
            async (ClaimsPrincipal user, IAuthorizationService authorization) =>
            {
                var policy = new AuthorizationPolicyBuilder().RequireAccessUser().Build();
                return (await authorization.AuthorizeAsync(user, policy)).Succeeded ? Results.Text("in") : Results.Forbid();
            }).RequireAuthorization());

        (await host.StatusAsync(host.Minter.MintPerson(), "/it")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public void A_requirement_with_missing_or_wrong_values_cannot_be_created()
    {
        var builder = new AuthorizationPolicyBuilder();

        Should.Throw<ArgumentException>(() => builder.RequireAccessGroup());
        Should.Throw<ArgumentException>(() => builder.RequireAccessGroupId(" "));
        Should.Throw<ArgumentException>(() => builder.RequireAccessServiceToken("one", string.Empty));
        Should.Throw<ArgumentException>(() => builder.RequireAccessAudience([], "acme"));
        Should.Throw<ArgumentException>(() => builder.RequireAccessEmailDomain("@example.com")).Message
            .ShouldStartWith("'@example.com' is not a domain. Write the part after the @, such as example.com.");
        Should.Throw<ArgumentException>(() => builder.RequireAccessUser("https://acme.cloudflareaccess.com/path"));
        Should.Throw<ArgumentException>(() => new RequireAccessGroupAttribute());
        Should.Throw<ArgumentException>(() => new RequireAccessAudienceAttribute(string.Empty));
        Should.Throw<ArgumentException>(() => new RequireAccessUserAttribute { Team = "a b" });
        new RequireAccessGroupAttribute("a", "b") { Team = "acme" }.Groups.ShouldBe(["a", "b"]);
    }

    private static Task<AccessHost> StartAsync(string kind, Action<CloudflareAccessOptions>? configure = null)
    {
        var person = new AuthorizationPolicyBuilder().RequireAccessUser().Build();
        return AccessHost.StartAsync(
            options =>
            {
                TwoTeams(options);
                configure?.Invoke(options);
            },
            builder => builder.Services.AddAuthorization(options =>
            {
                options.AddPolicy("person", person);
                options.DefaultPolicy = kind == "default" ? person : options.DefaultPolicy;
                options.FallbackPolicy = kind == "fallback" ? person : null;
            }),
            app => MapKind(app, kind));
    }

    private static void MapKind(WebApplication app, string kind)
    {
        var it = kind == "attribute"
            ? app.MapGet("/it", [RequireAccessEmailDomain("example.com")] () => "in")
            : (kind == "group" ? app.MapGroup(string.Empty).RequireAuthorization("person") : app.MapGroup(string.Empty)).MapGet("/it", () => "in");
        switch (kind)
        {
            case "policy":
                it.RequireAuthorization(policy => policy.RequireAccessUser());
                break;
            case "named":
                it.RequireAuthorization("person");
                break;
            case "default":
                it.RequireAuthorization();
                break;
            case "audience":
                it.RequireAccessAudience(TestTeam.Audience, TestTeam.PartnerAudience);
                break;
            default:
                break;
        }
    }

    private static void TwoTeams(CloudflareAccessOptions options)
    {
        options.TeamDomain = null;
        options.Audiences = [];
        options.Teams =
        [
            new() { TeamDomain = "acme", Audiences = [TestTeam.Audience] },
            new() { TeamDomain = "partner", Audiences = [TestTeam.Audience, TestTeam.PartnerAudience] },
        ];
    }

    private static Task<AccessHost> TwoSchemesAsync(
        string schemes,
        RequireAccessUserAttribute? attribute = null,
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? map = null) => AccessHost.StartAsync(
            build: builder =>
            {
                builder.Services.AddAuthentication().AddCloudflareAccess("Partner", options =>
                {
                    options.TeamDomain = "partner";
                    options.Audiences = [TestTeam.PartnerAudience];
                    options.Keys.Prewarm = CloudflareAccessPrewarm.Off;
                });
                build?.Invoke(builder);
            },
            map: app =>
            {
                app.MapGet("/it", () => "in").RequireAuthorization(
                    new AuthorizeAttribute { AuthenticationSchemes = schemes }, attribute ?? new RequireAccessUserAttribute());
                map?.Invoke(app);
            });

    private static void OfPartner(System.Text.Json.Nodes.JsonObject payload) =>
        (payload["iss"], payload["aud"]) = (TestTeam.PartnerIssuer, TestTeam.PartnerAudience);
}
