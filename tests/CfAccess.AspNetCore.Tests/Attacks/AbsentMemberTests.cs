using System.Security.Claims;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using CfAccess.Testing.Attacks;

namespace CfAccess.AspNetCore.Tests.Attacks;

/// <summary>Line 34: an unusual member is as if it were absent. It neither keeps its caller out nor changes who the caller is.</summary>
[Trait("attack", "34")]
public sealed class AbsentMemberTests(InProcessAttackHosts hosts) : IClassFixture<InProcessAttackHosts>
{
    [Theory]
    [InlineData("person", "jti", "5")]
    [InlineData("person", "azp", "7")]
    [InlineData("person", "email", "null")]
    [InlineData("person", "sub", "null")]
    [InlineData("person", "common_name", "null")]
    [InlineData("service", "jti", "5")]
    [InlineData("service", "azp", "7")]
    [InlineData("service", "email", "null")]
    [InlineData("service", "sub", "null")]
    [InlineData("service", "common_name", "null")]
    public async Task A_token_with_an_unusual_member_is_accepted_as_the_one_without_it(string caller, string name, string value)
    {
        var host = await hosts.GetAsync(AttackSetting.Usual);
        var draft = caller == "person" ? host.Bench.Person() : host.Bench.Service();

        var without = await host.App.PrincipalAsync(draft.Body(payload => payload.Remove(name)).Token);
        var with = await host.App.PrincipalAsync(draft.BodyText(TokenDraft.Replacing(name, value)).Token);

        Describe(with.ShouldNotBeNull()).ShouldBe(Describe(without.ShouldNotBeNull()));
    }

    [Theory]
    [InlineData("\"email\":5")]
    [InlineData("\"sub\":5")]
    [InlineData("\"common_name\":[]")]
    [InlineData("\"email\":{}")]
    [InlineData("\"type\":null")]
    [InlineData("\"iss\":null")]
    [InlineData("\"aud\":null")]
    [InlineData("\"exp\":null")]
    [InlineData("\"nbf\":[\"\\ud800\"]")]
    [InlineData("\"iat\":{\"\\ud800\":1}")]
    public async Task A_member_that_decides_who_is_calling_is_still_checked(string member)
    {
        var host = await hosts.GetAsync(AttackSetting.Usual);
        var (name, value) = (member.Split('"')[1], member[(member.IndexOf(':', StringComparison.Ordinal) + 1)..]);

        (await host.SendAsync(host.Bench.Person().BodyText(TokenDraft.Replacing(name, value)))).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_service_token_without_a_subject_is_a_service()
    {
        var host = await hosts.GetAsync(AttackSetting.Usual);

        foreach (var change in new Action<JsonObject>[] { payload => payload.Remove("sub"), payload => payload["sub"] = null })
        {
            var service = (await host.App.PrincipalAsync(host.Bench.Service().Body(change).Token)).ShouldNotBeNull();

            service.GetAccessServiceToken().ShouldBe(TestTeam.ClientId);
            service.GetAccessUserId().ShouldBe($"{TestTeam.Issuer}/services/{TestTeam.ClientId}");
            service.Identity!.Name.ShouldBe(TestTeam.ClientId);
        }
    }

    private static string Describe(ClaimsPrincipal user) => string.Join(
        '\n',
        [
            $"{user.Identity!.Name} {user.IsAccessUser()} {user.IsAccessServiceToken()} {user.GetAccessUserId()}",
            .. user.Claims.Select(claim => $"{claim.Type}: {claim.Value} ({claim.ValueType})").Order(StringComparer.Ordinal),
        ]);
}
