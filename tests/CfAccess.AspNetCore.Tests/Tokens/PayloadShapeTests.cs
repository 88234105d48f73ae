using System.Text.RegularExpressions;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Testing;
using CfAccess.Testing.Attacks;

namespace CfAccess.AspNetCore.Tests.Tokens;

/// <summary>The bounds of what a claim may hold, as the payload is read.</summary>
public sealed class PayloadShapeTests
{
    private const long LastSecond = 253402300799;

    private static readonly TokenMinter Minter = new(new TestClock());

    [Fact]
    public void Times_reach_from_the_first_second_of_1970_to_the_last_of_9999()
    {
        Read(payload => Times(payload, exp: LastSecond, rest: 0), out var claims).ShouldBeNull();

        claims.Expiration.ShouldBe(new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero));
        claims.NotBefore.ShouldBe(DateTimeOffset.UnixEpoch);
        claims.IssuedAt.ShouldBe(DateTimeOffset.UnixEpoch);
        Read(payload => Times(payload, exp: LastSecond + 1, rest: 0), out _).ShouldBe(AccessFailureReason.InvalidClaims);
        Read(payload => Times(payload, exp: LastSecond, rest: -1), out _).ShouldBe(AccessFailureReason.InvalidClaims);
        Read(payload => Times(payload, exp: LastSecond, rest: LastSecond), out _).ShouldBeNull();
    }

    [Fact]
    public async Task A_token_of_all_time_lets_its_person_in()
    {
        await using var host = await AccessHost.StartAsync();
        var payload = Times(host.Minter.Person().ToJsonString(), exp: LastSecond, rest: 0);

        using var answer = await host.GetAsync(host.Minter.Sign(host.Minter.Header().ToJsonString(), payload));

        (await answer.Content.ReadAsStringAsync()).ShouldBe(TestTeam.Email);
    }

    [Fact]
    public void A_token_may_end_a_second_after_1970_began_and_not_earlier()
    {
        Read(payload => Times(payload, exp: 1, rest: 0), out _).ShouldBeNull();
        Read(payload => Times(payload, exp: 0, rest: 0), out _).ShouldBe(AccessFailureReason.InvalidClaims);
    }

    [Theory]
    [InlineData("exp")]
    [InlineData("nbf")]
    [InlineData("iat")]
    public void The_inside_of_a_time_that_is_none_is_not_taken_for_the_token_s_own_members(string name)
    {
        const string Inside = "{\"iss\":\"https://evil.example\",\"email\":\"mallory@example.com\"}";

        Read(TokenDraft.Replacing(name, Inside), out var claims).ShouldBe(AccessFailureReason.InvalidClaims);
        claims.Issuer.GetString().ShouldBe(TestTeam.Issuer);
        claims.Email.GetString().ShouldBe(TestTeam.Email);
    }

    [Theory]
    [InlineData("[]", false)]
    [InlineData("\"\"", false)]
    [InlineData("[\"\"]", false)]
    [InlineData("[\"a\",\" \"]", false)]
    [InlineData("\"a\"", true)]
    [InlineData("[\"a\",\"a\"]", true)]
    public void A_token_names_at_least_one_audience_and_no_blank_one(string audience, bool isRead) =>
        Read(TokenDraft.Replacing("aud", audience), out _).ShouldBe(isRead ? null : AccessFailureReason.InvalidClaims);

    [Theory]
    [InlineData("jti")]
    [InlineData("azp")]
    public async Task An_id_of_the_token_or_of_its_party_that_is_no_text_is_ignored(string name)
    {
        await using var host = await AccessHost.StartAsync();
        (await ClaimsAsync("\"4711\"")).ShouldBe(["4711"]);
        foreach (var value in new[] { "4711", "0", "1e400", "true", "null", "[\"4711\"]", "{\"a\":1}" })
        {
            (await ClaimsAsync(value)).ShouldBeEmpty(value);
        }

        async Task<IEnumerable<string>> ClaimsAsync(string value)
        {
            var payload = TokenDraft.Appending($"\"{name}\":{value}")(host.Minter.Person().ToJsonString());
            var user = await host.PrincipalAsync(host.Minter.Sign(host.Minter.Header().ToJsonString(), payload));
            return user.ShouldNotBeNull(value).FindAll(name).Select(claim => claim.Value);
        }
    }

    [Fact]
    public async Task A_claim_that_is_written_with_escapes_is_the_same_claim()
    {
        await using var host = await AccessHost.StartAsync();
        var plain = host.Minter.Person().ToJsonString();
        var escaped = plain
            .Replace("\"iss\":\"https://", "\"\\u0069ss\":\"https:\\/\\/", StringComparison.Ordinal)
            .Replace("\"app\"", "\"\\u0061pp\"", StringComparison.Ordinal)
            .Replace(TestTeam.Audience, $"\\u{(int)TestTeam.Audience[0]:x4}{TestTeam.Audience[1..]}", StringComparison.Ordinal)
            .Replace(TestTeam.Email, TestTeam.Email.Replace("@", "\\u0040", StringComparison.Ordinal), StringComparison.Ordinal);

        Regex.Count(escaped, @"\\[u/]").ShouldBe(6);
        using var answer = await host.GetAsync(host.Minter.Sign(host.Minter.Header().ToJsonString(), escaped));
        (await answer.Content.ReadAsStringAsync()).ShouldBe(TestTeam.Email);
    }

    [Theory]
    [InlineData("'email':'*'")]
    [InlineData("'x':'*'")]
    [InlineData("'*':'x'")]
    [InlineData("'x':{'y':['*']}")]
    public void A_payload_that_is_no_UTF_8_is_refused_even_where_nobody_reads_it(string member)
    {
        var payload = $"{{{member.Replace('\'', '"')}}}";

        PayloadReader.TryRead(Minter.Sign("{}", payload), out _).ShouldBeNull();
        PayloadReader.TryRead(Minter.Sign("{}"u8.ToArray(), NoUtf8.In(payload)), out _).ShouldBe(AccessFailureReason.Malformed);
    }

    private static string Times(string json, long exp, long rest)
    {
        foreach (var (name, value) in new[] { ("exp", exp), ("nbf", rest), ("iat", rest) })
        {
            json = TokenDraft.Replacing(name, $"{value}")(json);
        }

        return json;
    }

    private static AccessFailureReason? Read(Func<string, string> change, out TokenClaims claims) =>
        PayloadReader.TryRead(Minter.Sign("{}", change(Minter.Person().ToJsonString())), out claims);
}
