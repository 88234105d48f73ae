namespace CfAccess.ApiShield.Tests.Tokens;

/// <summary>A good token is good as it was written, and in no other way.</summary>
public sealed class OneSpellingTests
{
    public static TheoryData<string> Algorithms => [.. ShieldKey.Algorithms];

    [Fact]
    public void A_token_has_one_spelling()
    {
        var key = ShieldKey.Of("HS256");
        var verifier = ShieldTokens.Verifier(key);
        var token = ShieldTokens.Mint(key);
        foreach (var other in new[]
        {
            token + "=", " " + token, token + " ", token + ".", token + "." + token, token.Replace('.', ':'), token + "\n",
            string.Join('.', token.Split('.')[..2]), $"{{\"payload\":\"{token}\"}}", token[..^1] + NextLast(token[^1]),
        })
        {
            verifier.Verify(other).Word().ShouldBe("malformed", other);
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void No_bit_of_a_token_can_change(string algorithm)
    {
        var key = ShieldKey.Of(algorithm);
        var verifier = ShieldTokens.Verifier(key);
        var token = ShieldTokens.Mint(key);
        verifier.Verify(token).Word().ShouldBe("valid");
        for (var at = 0; at < token.Length; at++)
        {
            var other = token[at] == 'A' ? 'B' : 'A';
            verifier.Verify(token[..at] + other + token[(at + 1)..]).IsValid.ShouldBeFalse();
        }
    }

    [Fact]
    public void A_payload_of_another_token_does_not_fit()
    {
        var key = ShieldKey.Of("PS256");
        var (one, other) = (ShieldTokens.Mint(key).Split('.'), ShieldTokens.Mint(key, payload => payload["role"] = "root").Split('.'));
        ShieldTokens.Verifier(key).Verify($"{one[0]}.{other[1]}.{one[2]}").Word().ShouldBe("bad_signature");
    }

    /// <summary>The same bytes for a lenient reader: the bits that no byte uses are not zero.</summary>
    private static char NextLast(char last) => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".IndexOf(last, StringComparison.Ordinal) + 1];
}
