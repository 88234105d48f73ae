using System.Globalization;
using CfAccess.Testing;
using CfAccess.Testing.Attacks;

namespace CfAccess.AspNetCore.Tests.Attacks;

/// <summary>Payloads that only Access could sign. Each is unusual, but within every rule: accepted.</summary>
public sealed class SignedOddityTests(InProcessAttackHosts hosts) : IClassFixture<InProcessAttackHosts>
{
    public static TheoryData<string> Members =>
    [
        "\"x\":1e400",
        "\"x\":-1e400",
        "\"x\":[1e400,1e-400]",
        "\"x\":123456789012345678901234567890",
        "\"x\":1.0000000000000000000000000000001",
        "\"x\":null",
        "\"x\":[null,[],{},[[]]]",
        "\"x\":\"2026-03-01T12:00:00Z\"",
        "\"\":\"\"",
        "\" \":\" \"",
        "\"x\":\"\\u0000\"",
        "\"x\\u0000y\":\"z\"",
        "\"x\":\"\\r\\n\"",
        "\"custom\":null",
        "\"custom\":\"groups\"",
        "\"custom\":[]",
        "\"custom\":{\"groups\":null}",
        "\"custom\":{\"groups\":1}",
        "\"custom\":{\"groups\":[null,1,true,[],{},\"\",{\"name\":1},{\"name\":null,\"id\":{}}]}",
        "\"custom\":{\"groups\":[\"platform\"],\"groups\":[\"other\"]}",
        "\"actort\":\"x.y.z\"",
        "\"act\":{\"sub\":\"x\"}",
        "\"_claim_names\":{\"groups\":\"src1\"},\"_claim_sources\":{\"src1\":{\"endpoint\":\"https://evil.example\"}}",
        "\"jti\":5",
        "\"sid\":{}",
        "\"amr\":[[\"x\"]]",
        "\"azp\":7",
        "\"policy_id\":[]",
    ];

    [Theory]
    [MemberData(nameof(Members))]
    public async Task A_signed_member_that_the_library_does_not_read_may_have_any_value(string member)
    {
        var host = await hosts.GetAsync(AttackSetting.Usual);
        host.App.Log.Clear();
        var fetches = host.App.Endpoint.Count;

        var answer = await host.SendAsync(host.Bench.Person().BodyText(TokenDraft.Appending(member)));

        answer.Status.ShouldBe(200, answer.Body);
        host.App.Log.Entries.ShouldNotContain(entry => entry.Exception != null);
        (host.App.Endpoint.Count - fetches).ShouldBeLessThanOrEqualTo(1);
        host.App.Endpoint.Requests.ShouldAllBe(url => url == TestTeam.CertsUrl);
    }

    [Theory]
    [InlineData("typ", "5", 401)]
    [InlineData("typ", "[]", 401)]
    [InlineData("typ", "null", 200)]
    [InlineData("typ", "\"at+jwt\"", 200)]
    [InlineData("cty", "\"JWT\"", 200)]
    [InlineData("cty", "7", 401)]
    [InlineData("enc", "\"A256GCM\"", 200)]
    [InlineData("zip", "\"DEF\"", 200)]
    [InlineData("epk", "{}", 200)]
    [InlineData("x", "1e400", 200)]
    [InlineData("x", "[1,{}]", 200)]
    [InlineData("x", "{\"y\":null}", 200)]
    public async Task A_signed_header_member_of_any_value_has_a_decided_response(string name, string value, int status)
    {
        var host = await hosts.GetAsync(AttackSetting.Usual);
        host.App.Log.Clear();

        var answer = await host.SendAsync(host.Bench.Person().HeadText(TokenDraft.Replacing(name, value)));

        answer.Status.ShouldBe(status, answer.Body);
        host.App.Log.Entries.ShouldNotContain(entry => entry.Exception != null);
    }

    [Fact]
    [Trait("attack", "28")]
    public async Task Ten_thousand_claims_within_a_limit_that_was_raised_are_one_caller()
    {
        var host = await hosts.GetAsync(AttackSetting.LongTokens);
        var claims = string.Join(',', Enumerable.Range(0, 10_000).Select(number =>
            string.Create(CultureInfo.InvariantCulture, $"\"claim{number}\":{number}")));

        var answer = await host.SendAsync(host.Bench.Person().BodyText(TokenDraft.Appending(claims)));

        answer.Status.ShouldBe(200, answer.Body);
    }
}
