using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CfAccess.Testing.Properties;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.ApiShield.Tests.Tokens;

/// <summary>Whatever string arrives has a verdict, and is valid only if a plain check with .NET's RSA says so too.</summary>
[Trait("Duration", "Long")]
public sealed class ArrivingTokenTests(ITestOutputHelper output)
{
    private const int Attempts = 60_000;
    private const int Signatures = 2_000;

    [Fact]
    public void Whatever_string_arrives_it_has_a_verdict()
    {
        var seed = TestSeed.Next();
        output.WriteLine($"To replay: {seed}");
        var verifier = ShieldTokens.Verifier(FixedKeys.Previous.ToJwk(), FixedKeys.Current.ToJwk());
        var good = TokenRecipe.Person.Mint();
        var words = new SortedDictionary<string, int>(StringComparer.Ordinal);

        seed.Check(AttemptGen.Attempts(seed.Value, Signatures), Attempts, attempt =>
        {
            var token = attempt.Header ?? attempt.Cookie ?? string.Empty;
            var word = verifier.Verify(token).Word();
            words[word] = words.GetValueOrDefault(word) + 1;
            if (word == "valid")
            {
                IsPlainlyValid(token).ShouldBeTrue(token);
            }
            else if (token == good)
            {
                throw new ShouldAssertException(word);
            }
        });

        output.WriteLine(string.Join(", ", words.Select(pair => $"{pair.Key} {pair.Value.ToString(CultureInfo.InvariantCulture)}")));
        words["valid"].ShouldBeGreaterThan(Attempts / 50);
        words["bad_signature"].ShouldBeGreaterThan(Attempts / 50);
        words.Keys.ShouldBe(
            ["bad_signature", "expired", "invalid_claims", "malformed", "no_key_id", "no_matching_key", "no_token", "not_yet_valid", "too_long", "unsupported_header", "valid"],
            ignoreOrder: true);
    }

    private static bool IsPlainlyValid(string token)
    {
        var segments = token.Split('.');
        var header = JsonNode.Parse(Base64UrlEncoder.Decode(segments[0]))!.AsObject();
        var payload = JsonNode.Parse(Base64UrlEncoder.Decode(segments[1]))!.AsObject();
        var key = new[] { FixedKeys.Previous, FixedKeys.Current }.Single(key => key.Kid == header["kid"]!.GetValue<string>());
        return header["alg"]!.GetValue<string>() == "RS256"
            && !header.ContainsKey("crit")
            && key.Rsa.VerifyData(
                Encoding.ASCII.GetBytes($"{segments[0]}.{segments[1]}"),
                Base64UrlEncoder.DecodeBytes(segments[2]),
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1)
            && (payload["exp"]?.GetValue<double>() ?? double.MaxValue) > ShieldTokens.Now - 60
            && (payload["nbf"]?.GetValue<double>() ?? 0) <= ShieldTokens.Now + 60;
    }
}
