using System.Text.Json;
using System.Text.Json.Nodes;
using CfAccess.ApiShield.Tokens;
using CfAccess.Testing;

namespace CfAccess.ApiShield.Tests.Tokens;

public sealed class GoodTokenTests
{
    public static TheoryData<string> Algorithms => [.. ShieldKey.Algorithms];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_token_of_each_algorithm_is_valid(string algorithm)
    {
        var key = ShieldKey.Of(algorithm);
        var verifier = ShieldTokens.Verifier(key);
        verifier.Verify(ShieldTokens.MintElsewhere(key, ShieldTokens.Payload)).Word().ShouldBe("valid");
        verifier.Verify(ShieldTokens.Mint(key)).Word().ShouldBe("valid");
        verifier.Verify(ShieldTokens.Mint(ShieldKey.Of(algorithm, "stranger"))).Word().ShouldBe("bad_signature");
    }

    [Fact]
    public void The_key_of_exactly_both_kid_and_alg_is_taken()
    {
        var (first, second) = (ShieldKey.Of("RS256"), ShieldKey.Of("ES256"));
        var third = ShieldKey.Of("RS256", "next");
        var verifier = ShieldTokens.Verifier(first.Jwk, second.Jwk, third.JwkWith(jwk => jwk["kid"] = "k2"));
        verifier.Verify(ShieldTokens.Mint(first)).Word().ShouldBe("valid");
        verifier.Verify(ShieldTokens.Mint(second)).Word().ShouldBe("valid");
        verifier.Verify(ShieldTokens.Mint(third, header: header => header["kid"] = "k2")).Word().ShouldBe("valid");
        verifier.Verify(ShieldTokens.Mint(third)).Word().ShouldBe("bad_signature");
        verifier.Verify(ShieldTokens.Mint(second, header: header => header["kid"] = "k2")).Word().ShouldBe("no_matching_key");
    }

    [Theory]
    [InlineData("K1")]
    [InlineData("k1 ")]
    [InlineData("k")]
    [InlineData("k11")]
    public void A_kid_is_exact(string kid)
    {
        var key = ShieldKey.Of("ES256");
        ShieldTokens.Verifier(key).Verify(ShieldTokens.Mint(key, header: header => header["kid"] = kid)).Word().ShouldBe("no_matching_key");
    }

    [Fact]
    public void A_kid_may_be_written_with_escapes_and_be_any_text()
    {
        var key = ShieldKey.Of("ES256");
        var verifier = ShieldTokens.Verifier(key.JwkWith(jwk => jwk["kid"] = "é/😀"));
        var payload = ShieldTokens.Payload.ToJsonString();
        verifier.Verify(ShieldTokens.Sign(key, """{"alg":"ES256","kid":"\u00e9\/\ud83d\ude00"}""", payload)).Word().ShouldBe("valid");
        verifier.Verify(ShieldTokens.Sign(key, """{"alg":"ES256","kid":"é/😀"}""", payload)).Word().ShouldBe("valid");
    }

    /// <summary>Of the claims only times are checked; so whatever stands in the others, of whatever type, is the issuer's affair.</summary>
    [Theory]
    [InlineData("iss")]
    [InlineData("aud")]
    [InlineData("iat")]
    [InlineData("sub")]
    [InlineData("jti")]
    public void Other_claims_are_not_checked(string claim)
    {
        var key = ShieldKey.Of("ES256");
        var verifier = ShieldTokens.Verifier(key);
        foreach (var value in new[] { "null", "5", "\"x\"", "[1]", "{}", "1e999" })
        {
            var token = ShieldTokens.Sign(key, ShieldTokens.Header(key).ToJsonString(), $$"""{"{{claim}}":{{value}}}""");
            verifier.Verify(token).Word().ShouldBe("valid", value);
        }
    }

    /// <summary>Some issuers tell which certificate they signed with; it is never looked at.</summary>
    [Theory]
    [InlineData("x5t")]
    [InlineData("x5c")]
    [InlineData("jku")]
    public void Keys_that_a_token_names_are_not_looked_at(string member)
    {
        var key = ShieldKey.Of("RS256");
        var verifier = ShieldTokens.Verifier(key);
        verifier.Verify(ShieldTokens.Mint(key, header: header => header[member] = "x")).Word().ShouldBe("valid");
        verifier.Verify(ShieldTokens.Mint(key, header: header =>
        {
            header["kid"] = "other";
            header[member] = "k1";
        })).Word().ShouldBe("no_matching_key");
    }

    [Fact]
    public void The_claims_of_a_valid_token_are_given_and_of_no_other()
    {
        var key = ShieldKey.Of("RS256");
        var verifier = ShieldTokens.Verifier(key);
        var verdict = verifier.Verify(ShieldTokens.Mint(key, payload => payload["deep"] = new JsonArray(1, 2)));
        verdict.IsPresent.ShouldBeTrue();
        verdict.IsValid.ShouldBeTrue();
        verdict.FailureReason.ShouldBeNull();
        verdict.Claims.GetProperty("role").GetString().ShouldBe("admin");
        verdict.Claims.GetProperty("deep")[1].GetInt32().ShouldBe(2);
        verdict.FindText("role").ShouldBe("admin");
        verdict.FindText("exp").ShouldBeNull();
        verdict.FindText("none").ShouldBeNull();

        var refused = verifier.Verify(ShieldTokens.Mint(ShieldKey.Of("RS256", "stranger")));
        refused.IsPresent.ShouldBeTrue();
        refused.IsValid.ShouldBeFalse();
        refused.FindText("role").ShouldBeNull();
        Should.Throw<InvalidOperationException>(() => refused.Claims).Message.ShouldContain("bad_signature");
        verifier.Verify(string.Empty).IsPresent.ShouldBeFalse();
    }

    [Fact]
    public void Each_reason_has_the_word_of_its_name()
    {
        foreach (var reason in Enum.GetValues<JwtFailureReason>())
        {
            JwtFailureWords.Of(reason).ShouldBe(JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()));
            JwtVerdict.Refused(reason).FailureReason.ShouldBe(reason);
        }
    }

    [Fact]
    public void Many_threads_ask_one_verifier()
    {
        var key = ShieldKey.Of("ES384");
        var verifier = ShieldTokens.Verifier(key);
        var (good, bad) = (ShieldTokens.Mint(key), ShieldTokens.Mint(ShieldKey.Of("ES384", "stranger")));
        Parallel.For(0, 400, i => verifier.Verify(i % 2 == 0 ? good : bad).IsValid.ShouldBe(i % 2 == 0));
    }

    [Fact]
    public void Time_is_that_of_the_time_provider()
    {
        var clock = new TestClock();
        var key = ShieldKey.Of("HS256");
        var verifier = new JwtVerifier(ShieldTokens.Read(key.Jwk).Keys, ShieldTokens.MaximumLength, clock);
        var token = ShieldTokens.Mint(key);
        verifier.Verify(token).Word().ShouldBe("valid");
        clock.Advance(TimeSpan.FromSeconds(659));
        verifier.Verify(token).Word().ShouldBe("valid");
        clock.Advance(TimeSpan.FromSeconds(1));
        verifier.Verify(token).Word().ShouldBe("expired");
    }
}
