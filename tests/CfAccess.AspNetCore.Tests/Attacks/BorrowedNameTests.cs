using System.Security.Claims;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using CfAccess.Testing.Attacks;

namespace CfAccess.AspNetCore.Tests.Attacks;

/// <summary>Line 27, on the principal itself.</summary>
[Trait("attack", "27")]
public sealed class BorrowedNameTests(InProcessAttackHosts hosts) : IClassFixture<InProcessAttackHosts>
{
    private const string Borrowed = "borrowed";

    public static TheoryData<AttackSetting> Settings => [AttackSetting.Usual, AttackSetting.OwnClaimTypes, AttackSetting.LongClaimTypes];

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task Members_named_like_roles_and_names_make_none(AttackSetting setting)
    {
        var identity = await IdentityAsync(setting, payload =>
        {
            foreach (var member in NameAttacks.RoleLike.Concat(NameAttacks.NameLike).Except(["common_name"])
                .Concat(["Groups", "GROUP_ID", "Email", "Role", "Custom:groups"]).Distinct(StringComparer.Ordinal))
            {
                payload[member] = member == "group_id" ? new JsonArray(Borrowed) : Borrowed;
            }
        });
        var user = new ClaimsPrincipal(identity);

        identity.Name.ShouldBe(TestTeam.Email);
        user.IsInRole(Borrowed).ShouldBeFalse();
        user.GetAccessGroups().ShouldBeEmpty();
        user.GetAccessEmail().ShouldBe(TestTeam.Email);
        identity.FindAll(identity.RoleClaimType).ShouldBeEmpty();
        identity.FindAll(identity.NameClaimType).Select(claim => claim.Value).ShouldBe([TestTeam.Email]);
        identity.Claims.ShouldNotContain(claim =>
            claim.Type.StartsWith("http://schemas.", StringComparison.OrdinalIgnoreCase) && claim.Value == Borrowed);
        identity.Claims.ShouldNotContain(claim => claim.Type.Equals("groups", StringComparison.OrdinalIgnoreCase));
        identity.Claims.ShouldNotContain(claim => claim.Type.Equals("group_id", StringComparison.OrdinalIgnoreCase));
        identity.Claims.ShouldNotContain(claim => claim.Type.StartsWith("custom:", StringComparison.OrdinalIgnoreCase));
        identity.Claims.Count(claim => claim.Type.Equals("email", StringComparison.OrdinalIgnoreCase)).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task Members_named_like_roles_do_not_add_to_the_real_ones(AttackSetting setting)
    {
        var identity = await IdentityAsync(setting, payload =>
        {
            payload["custom"] = new JsonObject { ["groups"] = new JsonArray(TestTeam.Group) };
            foreach (var member in NameAttacks.RoleLike)
            {
                payload[member] = new JsonArray(Borrowed);
            }
        });

        identity.FindAll(identity.RoleClaimType).Select(claim => claim.Value).ShouldBe([TestTeam.Group]);
        new ClaimsPrincipal(identity).GetAccessGroups().ShouldBe([TestTeam.Group]);
    }

    [Fact]
    public async Task A_common_name_does_not_make_a_person_a_service()
    {
        var user = new ClaimsPrincipal(await IdentityAsync(AttackSetting.Usual, payload => payload["common_name"] = TestTeam.ClientId));

        user.IsAccessServiceToken().ShouldBeFalse();
        user.GetAccessServiceToken().ShouldBeNull();
        user.IsAccessUser().ShouldBeTrue();
    }

    [Fact]
    public async Task A_member_named_iss_inside_custom_changes_no_issuer()
    {
        var user = new ClaimsPrincipal(await IdentityAsync(AttackSetting.Usual, payload =>
            payload["custom"] = new JsonObject { ["iss"] = "https://evil.example", ["email"] = Borrowed, ["sub"] = Borrowed, ["aud"] = Borrowed }));

        user.GetAccessIssuer().ShouldBe(TestTeam.Issuer);
        user.GetAccessEmail().ShouldBe(TestTeam.Email);
        user.GetAccessSubject().ShouldBe(TestTeam.Subject);
        user.GetAccessAudiences().ShouldBe([TestTeam.Audience]);
        user.Claims.ShouldAllBe(claim => claim.Issuer == TestTeam.Issuer);
    }

    private async Task<ClaimsIdentity> IdentityAsync(AttackSetting setting, Action<JsonObject> change)
    {
        var host = await hosts.GetAsync(setting);
        var principal = await host.App.PrincipalAsync(host.Bench.Person().Body(change).Token);
        return (ClaimsIdentity)principal.ShouldNotBeNull().Identity!;
    }
}
