using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Authorization;

/// <summary>
/// A partner's administrator can give any name to a group. So if two teams create roles, a role says nothing about whose group it is.
/// </summary>
[Trait("attack", "32")]
public sealed class RolesOfSeveralTeamsTests
{
    private const string Finance = "finance";

    public static TheoryData<string> RoleDemands => ["attribute", "policy", "default policy", "fallback policy", "group claim", "group id claim", "hub method"];

    [Theory]
    [MemberData(nameof(RoleDemands))]
    public async Task An_application_that_demands_a_role_which_two_teams_create_does_not_start(string demand)
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(demand));

        failure.Message.ShouldContain("more than one team creates roles");
        failure.Message.ShouldContain("https://acme.cloudflareaccess.com, https://partner.cloudflareaccess.com");
        failure.Message.ShouldContain("RequireAccessGroup");
        failure.Message.ShouldContain("Authentication:Schemes:CloudflareAccess:TrustAllTeamsAlike");
    }

    [Fact]
    public async Task Two_schemes_with_a_team_each_are_two_teams_that_create_roles()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => AccessHost.StartAsync(
            options => options.GroupsClaim = "groups",
            builder => builder.Services.AddAuthentication().AddCloudflareAccess("Partner", options =>
            {
                options.TeamDomain = "partner";
                options.Audiences = [TestTeam.PartnerAudience];
                options.GroupsFromIdentity = true;
            }),
            app => app.MapGet("/it", [Authorize(Roles = Finance)] () => "in")));

        failure.Message.ShouldContain("more than one team creates roles");
    }

    [Theory]
    [InlineData("attribute")]
    [InlineData("policy")]
    [InlineData("group claim")]
    public async Task Roles_of_one_organization_are_roles(string demand)
    {
        await using var host = await StartAsync(demand, options => options.TrustAllTeamsAlike = true);

        (await host.StatusAsync(Person(host, TestTeam.Issuer), "/it")).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(Person(host, TestTeam.PartnerIssuer), "/it")).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(false, AccessClaimTypes.Groups)]
    [InlineData(true, AccessClaimTypes.Groups)]
    [InlineData(false, ClaimTypes.Role)]
    public async Task Groups_that_two_teams_create_do_not_become_roles_for_demands_that_the_start_cannot_see(bool fromIdentity, string roleClaimType)
    {
        await using var host = await StartAsync("run time", options =>
        {
            options.RoleClaimType = roleClaimType;
            foreach (var team in options.Teams)
            {
                team.GroupsFromIdentity = fromIdentity;
                team.GroupsClaim = fromIdentity ? null : "groups";
            }
        });
        host.Identities.Tell(identity => identity["groups"] = new JsonArray(Finance));

        foreach (var issuer in new[] { TestTeam.Issuer, TestTeam.PartnerIssuer })
        {
            using var response = await host.GetAsync(Person(host, issuer), "/it");
            (await response.Content.ReadAsStringAsync()).ShouldBe("IsInRole: False, RequireRole: False");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Groups_that_two_teams_create_still_meet_requirements_that_name_the_team(bool atAuthentication)
    {
        await using var host = await StartAsync("group of acme", options =>
        {
            if (atAuthentication)
            {
                options.Identity.Load = CloudflareAccessIdentityLoad.AtAuthentication;
                options.Teams.ToList().ForEach(team => (team.GroupsClaim, team.GroupsFromIdentity) = (null, true));
            }
        });
        host.Identities.Tell(identity => identity["groups"] = new JsonArray(Finance));

        using var response = await host.GetAsync(Person(host, TestTeam.Issuer), "/it");
        (await response.Content.ReadAsStringAsync()).ShouldBe(Finance);
        (await host.StatusAsync(Person(host, TestTeam.PartnerIssuer), "/it")).ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<AccessHost> StartAsync(string demand, Action<CloudflareAccessOptions>? configure = null)
    {
        var role = new AuthorizationPolicyBuilder().RequireRole(Finance).Build();
        return await AccessHost.StartAsync(
            options =>
            {
                (options.TeamDomain, options.Audiences) = (null, []);
                options.Teams =
                [
                    new() { TeamDomain = "acme", Audiences = [TestTeam.Audience], GroupsClaim = "groups" },
                    new() { TeamDomain = "partner", Audiences = [TestTeam.Audience], GroupsClaim = "groups" },
                ];
                configure?.Invoke(options);
            },
            builder =>
            {
                builder.Services.AddSignalR();
                builder.Services.AddAuthorization(options =>
                {
                    options.DefaultPolicy = demand == "default policy" ? role : options.DefaultPolicy;
                    options.FallbackPolicy = demand == "fallback policy" ? role : null;
                });
            },
            app => Map(app, demand));
    }

    private static void Map(WebApplication app, string demand)
    {
        switch (demand)
        {
            case "attribute":
                app.MapGet("/it", [Authorize(Roles = "other, finance")] () => "in");
                break;
            case "policy":
                app.MapGet("/it", () => "in").RequireAuthorization(policy => policy.RequireRole(Finance));
                break;
            case "group claim":
                app.MapGet("/it", () => "in").RequireAuthorization(policy => policy.RequireClaim("groups", Finance));
                break;
            case "group id claim":
                app.MapGet("/it", () => "in").RequireAuthorization(policy => policy.RequireClaim("group_id", "1"));
                break;
            case "hub method":
                app.MapHub<FinanceHub>("/hub");
                break;
            case "group of acme":
                app.MapGet("/it", [RequireAccessGroup(Finance, Team = "acme")] (ClaimsPrincipal user) => string.Join(", ", user.GetAccessGroups()));
                break;
            case "run time":
                app.MapGet("/it", async (ClaimsPrincipal user, IAuthorizationService authorization) =>
                {
                    var role = new AuthorizationPolicyBuilder().RequireRole(Finance).Build();
                    return $"IsInRole: {user.IsInRole(Finance)}, RequireRole: {(await authorization.AuthorizeAsync(user, role)).Succeeded}";
                }).RequireAuthorization();
                break;
            default:
                app.MapGet("/it", () => "in");
                break;
        }
    }

    private static string Person(AccessHost host, string issuer) => host.Minter.MintPerson(payload =>
    {
        payload["iss"] = issuer;
        payload["custom"] = new JsonObject { ["groups"] = new JsonArray(Finance) };
    });

    private sealed class FinanceHub : Hub
    {
        [Authorize(Roles = Finance)]
#pragma warning disable CA1822 // A hub method is called on an instance.
        public string Read() => "in";
#pragma warning restore CA1822
    }
}
