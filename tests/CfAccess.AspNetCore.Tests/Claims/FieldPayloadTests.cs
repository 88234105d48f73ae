using System.Net;
using System.Security.Claims;
using CfAccess.AspNetCore.Tests.Identity;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace CfAccess.AspNetCore.Tests.Claims;

/// <summary>Payloads as they were seen in the field: who the caller is, and that no further member becomes a name, a role, or a group.</summary>
public sealed class FieldPayloadTests
{
    private const string PersonHeader = """{ "alg": "RS256", "kid": "<kid>" }""";

    private const string Person =
        """
        { "type": "app", "aud": ["4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2"], "iss": "https://acme.cloudflareaccess.com",
          "sub": "7335d417-61da-459d-899c-0a01c76a2f94", "email": "alice@example.com", "country": "CH", "identity_nonce": "6ei69kawdKzMIAPF",
          "policy_id": "5c2f9d0e-4f0a-4a68-9c4b-1d2e3f405162", "h_INTERNAL_DO_NOT_USE": "app.example.com",
          "iat": 1790000000, "nbf": 1790000000, "exp": 1790086400 }
        """;

    private const string EndUser =
        """
        { "type": "app", "aud": ["4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2"], "iss": "https://acme.cloudflareaccess.com",
          "sub": "0b6d0a1e-93a5-4a1e-8f0e-7b8c9d0e1f20", "iat": 1790000000, "nbf": 1790000000, "exp": 1790003600 }
        """;

    private const string EndUserId = "0b6d0a1e-93a5-4a1e-8f0e-7b8c9d0e1f20";

    private const string ServiceToken =
        """
        { "type": "app", "aud": "4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2", "iss": "https://acme.cloudflareaccess.com",
          "sub": "", "common_name": "c9bbbfb4f0d4a7d4b7c3b0e1f2a3d4c5.access", "iat": 1790000000, "exp": 1790003601,
          "h_INTERNAL_DO_NOT_USE": "app.example.com" }
        """;

    private const string RoleMap =
        """
        { "urn:zitadel:iam:org:project:roles": { "admin": { "311": "acme.example" }, "viewer": { "311": "acme.example" } },
          "realm_access": { "roles": ["admin", "offline_access"] } }
        """;

    private const string GroupGuids = """{ "groups": ["0f0c2a3e-6f1b-4a57-9d51-0a1b2c3d4e5f", "platform"] }""";

    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeSeconds(1790000000);

    [Fact]
    public async Task A_service_token_as_captured_is_a_service_token()
    {
        await using var host = await StartAsync();

        var service = await PrincipalAsync(host, ServiceToken);

        service.IsAccessServiceToken().ShouldBeTrue();
        service.IsAccessUser().ShouldBeFalse();
        service.GetAccessServiceToken().ShouldBe(TestTeam.ClientId);
        service.GetAccessAudiences().ShouldBe([TestTeam.Audience]);
        ShouldHaveOnlyTheName(service, TestTeam.ClientId);
    }

    [Fact]
    public async Task A_persons_token_as_captured_needs_no_typ_and_its_further_members_are_no_names_roles_or_groups()
    {
        await using var host = await StartAsync();

        var person = await PrincipalAsync(host, Person);

        person.IsAccessUser().ShouldBeTrue();
        person.GetAccessEmail().ShouldBe(TestTeam.Email);
        person.GetAccessUserId().ShouldBe($"{TestTeam.Issuer}/users/{TestTeam.Subject}");
        ShouldHaveOnlyTheName(person, TestTeam.Email);
    }

    [Fact]
    public async Task A_person_without_an_email_is_a_person_whose_id_is_issuer_and_subject()
    {
        await using var host = await StartAsync();

        var person = await PrincipalAsync(host, EndUser);

        person.IsAccessUser().ShouldBeTrue();
        person.IsAccessServiceToken().ShouldBeFalse();
        person.GetAccessEmail().ShouldBeNull();
        person.GetAccessSubject().ShouldBe(EndUserId);
        person.GetAccessUserId().ShouldBe($"{TestTeam.Issuer}/users/{EndUserId}");
        ShouldHaveOnlyTheName(person, EndUserId);
    }

    [Fact]
    public async Task A_person_without_an_email_has_the_name_under_a_claim_type_of_the_applications_own()
    {
        await using var host = await StartAsync(options => options.NameClaimType = ClaimTypes.Name);

        var person = await PrincipalAsync(host, EndUser);

        person.FindAll(ClaimTypes.Name).Select(claim => claim.Value).ShouldBe([EndUserId]);
        ShouldHaveOnlyTheName(person, EndUserId);
    }

    [Theory]
    [InlineData(CloudflareAccessIdentityLoad.OnDemand)]
    [InlineData(CloudflareAccessIdentityLoad.AtAuthentication)]
    public async Task A_person_without_an_email_is_denied_what_needs_an_identity_and_costs_no_call(CloudflareAccessIdentityLoad load)
    {
        await using var host = await IdentityRig.StartAsync(
            options => options.Identity.Load = load,
            map: app => app.MapGet("/user", () => "in").RequireAuthorization(policy => policy.RequireAccessUser()));
        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        host.Clock.AdjustTime(Time);
        var token = Sign(host, EndUser);

        (await host.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(token, "/user")).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(token, "/person")).ShouldBe(HttpStatusCode.Forbidden);
        (await host.StatusAsync(token, "/group")).ShouldBe(HttpStatusCode.Forbidden);
        (await host.StatusAsync(token, "/role")).ShouldBe(HttpStatusCode.Forbidden);
        (await host.BodyAsync(token, "/groups")).ShouldBe("nobody");
        host.Identities.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_person_without_an_email_is_of_no_email_domain()
    {
        await using var host = await StartAsync(map: app =>
            app.MapGet("/domain", () => "in").RequireAuthorization(policy => policy.RequireAccessEmailDomain("example.com")));

        (await host.StatusAsync(Sign(host, Person), "/domain")).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(Sign(host, EndUser), "/domain")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData(RoleMap, "admin", "viewer", "offline_access")]
    [InlineData(GroupGuids, "platform", "0f0c2a3e-6f1b-4a57-9d51-0a1b2c3d4e5f", "groups")]
    public async Task Roles_in_custom_are_accepted_and_are_no_roles_unless_the_options_name_them(string custom, params string[] roles)
    {
        await using var host = await StartAsync();

        var person = await PrincipalAsync(host, $"{Person.TrimEnd()[..^1]}, \"custom\": {custom} }}");

        roles.ShouldAllBe(role => !person.IsInRole(role));
        person.Claims.ShouldNotContain(claim => claim.Type == AccessClaimTypes.GroupId);
        ShouldHaveOnlyTheName(person, TestTeam.Email);
    }

    private static async Task<AccessHost> StartAsync(Action<CloudflareAccessOptions>? configure = null, Action<WebApplication>? map = null)
    {
        var host = await AccessHost.StartAsync(configure, map: map);
        host.Clock.AdjustTime(Time);
        return host;
    }

    private static string Sign(AccessHost host, string payload) =>
        host.Minter.Sign(PersonHeader.Replace("<kid>", host.Minter.Key.Kid, StringComparison.Ordinal), payload);

    private static async Task<ClaimsPrincipal> PrincipalAsync(AccessHost host, string payload) =>
        (await host.PrincipalAsync(Sign(host, payload))).ShouldNotBeNull();

    private static void ShouldHaveOnlyTheName(ClaimsPrincipal user, string name)
    {
        var identity = (ClaimsIdentity)user.Identity!;
        identity.Name.ShouldBe(name);
        identity.FindAll(identity.NameClaimType).Select(claim => claim.Value).ShouldBe([name]);
        identity.FindAll(identity.RoleClaimType).ShouldBeEmpty();
        user.GetAccessGroups().ShouldBeEmpty();
    }
}
