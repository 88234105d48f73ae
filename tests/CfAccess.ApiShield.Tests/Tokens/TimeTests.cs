using System.Text.Json.Nodes;

namespace CfAccess.ApiShield.Tests.Tokens;

public sealed class TimeTests
{
    [Theory]
    [InlineData("exp", -59, "valid")]
    [InlineData("exp", -60, "expired")]
    [InlineData("exp", -3600, "expired")]
    [InlineData("nbf", 60, "valid")]
    [InlineData("nbf", 61, "not_yet_valid")]
    [InlineData("nbf", 3600, "not_yet_valid")]
    public void Clocks_may_be_60_seconds_apart(string claim, int seconds, string word)
    {
        var key = ShieldKey.Of("HS256");
        Word(payload => payload[claim] = ShieldTokens.Now + seconds).ShouldBe(word);
        Word(payload => payload[claim] = JsonNode.Parse($"{ShieldTokens.Now + seconds}.0")).ShouldBe(word);

        string Word(Action<JsonObject> change) => ShieldTokens.Verifier(key).Verify(ShieldTokens.Mint(key, change)).Word();
    }

    [Theory]
    [InlineData("exp", "-59.5", "valid")]
    [InlineData("exp", "-60.5", "expired")]
    [InlineData("nbf", "60.5", "not_yet_valid")]
    public void A_time_may_have_a_fraction(string claim, string offset, string word)
    {
        var key = ShieldKey.Of("HS256");
        var time = JsonNode.Parse((ShieldTokens.Now + decimal.Parse(offset, System.Globalization.CultureInfo.InvariantCulture))
            .ToString(System.Globalization.CultureInfo.InvariantCulture));
        ShieldTokens.Verifier(key).Verify(ShieldTokens.Mint(key, payload => payload[claim] = time)).Word().ShouldBe(word);
    }

    [Fact]
    public void A_token_without_times_has_no_end()
    {
        var key = ShieldKey.Of("HS256");
        ShieldTokens.Verifier(key).Verify(ShieldTokens.Sign(key, ShieldTokens.Header(key).ToJsonString(), "{}")).Word().ShouldBe("valid");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"1900000000\"")]
    [InlineData("true")]
    [InlineData("[1900000000]")]
    [InlineData("{}")]
    [InlineData("-1")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("253402300800")]
    [InlineData("1900000000000")]
    public void A_time_that_is_no_number_of_seconds_is_refused(string value)
    {
        var key = ShieldKey.Of("HS256");
        foreach (var claim in new[] { "exp", "nbf", "ex\\u0070" })
        {
            var token = ShieldTokens.Sign(key, ShieldTokens.Header(key).ToJsonString(), $$"""{"{{claim}}":{{value}}}""");
            ShieldTokens.Verifier(key).Verify(token).Word().ShouldBe("invalid_claims", claim);
        }
    }
}
