using System.Net;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Authorization;

/// <summary>
/// A partner's administrator can assert any email address. So if an application trusts several teams, an email address alone does not say which person is meant.
/// </summary>
[Trait("attack", "19")]
public sealed class PersonsOfSeveralTeamsTests
{
    private const string NameClaimType = "person";

    /// <summary>Not an email address, because the framework logs the values of a requirement that is not met.</summary>
    private const string Person = "alice";

    public static TheoryData<string> Demands => ["name", "email", "common name", "own name claim"];

    [Theory]
    [MemberData(nameof(Demands))]
    public async Task An_application_that_demands_a_name_which_every_team_can_assert_does_not_start(string demand)
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(policy => Demand(policy, demand)));

        failure.Message.ShouldContain("'HTTP: GET /it'");
        failure.Message.ShouldContain("does not say which team");
        failure.Message.ShouldContain("RequireAccessUser(team: \"acme\")");
        failure.Message.ShouldContain("Authentication:Schemes:CloudflareAccess:TrustAllTeamsAlike");
    }

    [Theory]
    [InlineData("name")]
    [InlineData("email")]
    public async Task A_name_beside_a_requirement_that_names_the_team_allows_the_person_of_that_team_only(string demand)
    {
        await using var host = await StartAsync(policy => Demand(policy.RequireAccessUser("acme"), demand));

        (await host.StatusAsync(Mint(host, TestTeam.Issuer), "/it")).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(Mint(host, TestTeam.PartnerIssuer), "/it")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [MemberData(nameof(Demands))]
    public async Task A_name_is_enough_if_all_teams_are_declared_one_organization(string demand)
    {
        await using var host = await StartAsync(policy => Demand(policy, demand), options => options.TrustAllTeamsAlike = true);

        (await host.StatusAsync(null, "/it")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [MemberData(nameof(Demands))]
    public async Task A_name_is_enough_for_a_scheme_that_is_not_ours(string demand)
    {
        await using var host = await StartAsync(policy => Demand(policy.AddAuthenticationSchemes(CookieAuthenticationDefaults.AuthenticationScheme), demand));

        (await host.StatusAsync(Mint(host, TestTeam.Issuer), "/it")).ShouldNotBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_name_is_enough_for_a_scheme_of_one_team()
    {
        await using var host = await AccessHost.StartAsync(
            null,
            builder => builder.Services.AddAuthentication().AddCloudflareAccess("Partner", options =>
            {
                options.TeamDomain = "partner";
                options.Audiences = [TestTeam.Audience];
                options.Keys.Prewarm = CloudflareAccessPrewarm.Off;
            }),
            app => app.MapGet("/it", () => "in").RequireAuthorization(policy =>
                policy.AddAuthenticationSchemes("Partner").RequireUserName(Person)));

        (await host.StatusAsync(Mint(host, TestTeam.PartnerIssuer), "/it")).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(Mint(host, TestTeam.Issuer), "/it")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static AuthorizationPolicyBuilder Demand(AuthorizationPolicyBuilder policy, string demand) => demand switch
    {
        "name" => policy.RequireUserName(Person),
        "email" => policy.RequireClaim(AccessClaimTypes.Email, Person),
        "common name" => policy.RequireClaim(AccessClaimTypes.CommonName, TestTeam.ClientId),
        "own name claim" => policy.RequireClaim(NameClaimType, Person),
        _ => throw new ArgumentOutOfRangeException(nameof(demand), demand, null),
    };

    private static string Mint(AccessHost host, string issuer) => host.Minter.MintPerson(payload => (payload["iss"], payload["email"]) = (issuer, Person));

    private static Task<AccessHost> StartAsync(Action<AuthorizationPolicyBuilder> policy, Action<CloudflareAccessOptions>? configure = null) => AccessHost.StartAsync(
        options =>
        {
            (options.TeamDomain, options.Audiences, options.NameClaimType) = (null, [], NameClaimType);
            options.Teams =
            [
                new() { TeamDomain = "acme", Audiences = [TestTeam.Audience] },
                new() { TeamDomain = "partner", Audiences = [TestTeam.Audience] },
            ];
            configure?.Invoke(options);
        },
        builder => builder.Services.AddAuthentication().AddCookie(),
        app => app.MapGet("/it", () => "in").RequireAuthorization(policy));
}
