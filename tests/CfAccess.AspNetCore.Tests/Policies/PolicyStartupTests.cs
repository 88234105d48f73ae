using System.Net;
using System.Security.Claims;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Policies;

/// <summary>Policies that let nobody in stop the start, where that can be known; elsewhere they let nobody in.</summary>
public sealed class PolicyStartupTests
{
    public static TheoryData<string> TeamlessEndpoints => ["policy", "named", "default", "fallback", "attribute", "audience", "group"];

    [Theory]
    [MemberData(nameof(TeamlessEndpoints))]
    public async Task A_requirement_that_leaves_open_which_team_it_means_stops_the_start(string kind)
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(kind));

        failure.Message.ShouldContain("of no named team, but the application trusts several. Name the team, as in RequireAccessUser(team: \"acme\")");
        failure.Message.ShouldContain("Authentication:Schemes:CloudflareAccess:TrustAllTeamsAlike");
    }

    [Theory]
    [MemberData(nameof(TeamlessEndpoints))]
    public async Task A_team_that_was_renamed_is_trusted_under_both_names_where_the_option_says_so(string kind)
    {
        await using var host = await StartAsync(kind, options => options.TrustAllTeamsAlike = true);

        (await host.StatusAsync(host.Minter.MintPerson(), "/it")).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(host.Minter.MintPerson(payload => payload["iss"] = TestTeam.PartnerIssuer), "/it")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Teams_in_schemes_of_their_own_are_several_teams_too()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => TwoSchemesAsync("Partner"));
        failure.Message.ShouldContain("of no named team");

        await using var host = await TwoSchemesAsync("Partner", new RequireAccessUserAttribute { Team = "partner" });
        (await host.StatusAsync(host.Minter.MintPerson(OfPartner), "/it")).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(host.Minter.MintPerson(), "/it")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_partner_whom_a_forwarding_scheme_chose_meets_no_requirement_without_a_team()
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
    public async Task An_attribute_that_is_read_as_a_plain_demand_for_authentication_lets_nobody_in()
    {
        // As AuthorizeRouteView of Blazor, hub methods and MVC without endpoint routing read it.
        await using var host = await AccessHost.StartAsync(map: app => app.MapGet(
            "/component",
            async (ClaimsPrincipal user, IAuthorizationService authorization, IAuthorizationPolicyProvider policies) =>
            {
                var policy = await AuthorizationPolicy.CombineAsync(policies, [new RequireAccessUserAttribute()]);
                return (await authorization.AuthorizeAsync(user, policy!)).Succeeded;
            }));

        using var response = await host.GetAsync(host.Minter.MintPerson(), "/component");

        (await response.Content.ReadAsStringAsync()).ShouldBe("false");
    }

    [Fact]
    public async Task A_scheme_that_nobody_added_stops_the_start()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => TwoSchemesAsync("Partnr", new RequireAccessUserAttribute { Team = "partner" }));

        failure.Message.ShouldContain("'HTTP: GET /it' asks for the authentication scheme 'Partnr', which nobody added. There are: CloudflareAccess, Partner.");
    }

    [Fact]
    public async Task Endpoints_with_one_and_the_same_fault_are_told_of_once()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => AccessHost.StartAsync(map: app =>
        {
            app.MapGet("/one", [Authorize(AuthenticationSchemes = "Nix")] () => "in");
            app.MapGet("/two", [Authorize(AuthenticationSchemes = "Nix")] () => "in");
            app.MapGet("/three", [AllowAnonymous, Authorize(AuthenticationSchemes = "Nix")] () => "in");
        }));

        failure.Message.ShouldContain("'HTTP: GET /one' and 1 more ask");
    }

    [Fact]
    public async Task What_the_start_cannot_see_lets_nobody_in()
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
    public void A_requirement_without_values_or_with_a_wrong_one_cannot_be_written()
    {
        var builder = new AuthorizationPolicyBuilder();

        Should.Throw<ArgumentException>(() => builder.RequireAccessGroup());
        Should.Throw<ArgumentException>(() => builder.RequireAccessGroupId(" "));
        Should.Throw<ArgumentException>(() => builder.RequireAccessServiceToken("one", string.Empty));
        Should.Throw<ArgumentException>(() => builder.RequireAccessAudience([], "acme"));
        Should.Throw<ArgumentException>(() => builder.RequireAccessEmailDomain("@example.com")).Message
            .ShouldStartWith("'@example.com' is no domain. Write what follows the @, such as example.com.");
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
            new() { TeamDomain = "partner", Audiences = [TestTeam.Audience] },
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
