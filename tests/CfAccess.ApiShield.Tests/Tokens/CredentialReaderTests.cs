using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using CfAccess.ApiShield.Tokens.Keys;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.ApiShield.Tests.Tokens;

public sealed class CredentialReaderTests
{
    public static TheoryData<string> Algorithms => [.. ShieldKey.Algorithms];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_key_keeps_what_is_needed_and_the_rest_is_reported(string algorithm)
    {
        var key = ShieldKey.Of(algorithm);
        var keys = ShieldTokens.Read(key.JwkWith(jwk =>
        {
            jwk["use"] = "sig";
            jwk["key_ops"] = new JsonArray("verify");
            jwk["x5t"] = "abc";
            jwk["<script>"] = 1;
        }));
        keys.Problem.ShouldBeNull();
        var read = keys.Keys.ShouldHaveSingleItem();
        (read.KeyId, read.Algorithm.Name).ShouldBe(("k1", algorithm));
        read.Members.ShouldBe(
            key.Jwk.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, member.Value!.GetValue<string>())));
        read.PublicMembers.ShouldNotContain(member => member.Key == "k");
        var finding = keys.Findings.ShouldHaveSingleItem();
        finding.Kind.ShouldBe(KeyFindingKind.MembersRemoved);
        finding.Message.ShouldBe("keys[0] had members that are not needed, which were removed: use, key_ops, x5t, (another)");
        finding.Code.ShouldBeNull();
    }

    /// <summary>The documentation's own keys: one has no crv.</summary>
    [Fact]
    public void The_keys_of_the_documentation_are_read()
    {
        var keys = ShieldTokens.Read(
            JsonNode.Parse("""{"kty":"EC","use":"sig","kid":"test","x":"-0LNzBheJPn-Zy6JmanTIUX7xc3jgqU714IQY0oU6mw","y":"KONxBybUcRsJQmtu17jMAHsILSw009AuU3ulfUGv3FI","alg":"ES256"}""")!,
            JsonNode.Parse("""{"kty":"EC","crv":"P-256","kid":"test-2","x":"iIbPRbOeLzjGPvv7iwmzCOTU03R0xDqbenp2D6GUcWo","y":"tDkEh95PnfWwIXciCtdBBVA7wfghx_egmZ1Zcvu2lWw","alg":"ES256"}""")!,
            JsonNode.Parse("""{"kty":"EC","use":"sig","crv":"P-256","kid":"93UrzmNu1mqXs5cZcvCPkTlMHB2Jya30vSTkiBb0vhU","x":"QG3VFVwUX4IatQvBy7sqBvvmticCZ-eX5-nbtGKBOfI","y":"A3PXCshn7XcG7Ivvd2K_DerW4LHAlIVKdqhrUnczTD0","alg":"ES256"}""")!);
        keys.Problem.ShouldBeNull();
        keys.Keys.Count.ShouldBe(3);
        keys.Findings.ShouldContain(finding => finding.Kind == KeyFindingKind.CurveInferred && finding.Index == 0 && finding.Message.Contains("P-256"));
        keys.Findings.ShouldNotContain(finding => finding.Kind == KeyFindingKind.Dropped);
        keys.Keys[0].Members.ShouldContain(KeyValuePair.Create("crv", "P-256"));
    }

    [Fact]
    public void An_RSA_key_without_alg_is_for_RS256_and_message_110003_says_so()
    {
        var key = ShieldKey.Of("RS256");
        var jwk = key.JwkWith(jwk => jwk.Remove("alg"));
        var keys = ShieldTokens.Read(jwk);
        keys.Keys.ShouldHaveSingleItem().Algorithm.Name.ShouldBe("RS256");
        keys.Keys[0].Members.ShouldContain(KeyValuePair.Create("alg", "RS256"));
        var finding = keys.Findings.ShouldHaveSingleItem();
        (finding.Kind, finding.Code).ShouldBe((KeyFindingKind.AlgorithmInferred, 110003));
        ShieldTokens.Verifier(jwk).Verify(ShieldTokens.Mint(key)).IsValid.ShouldBeTrue();
    }

    [Fact]
    public void A_private_half_is_removed_and_told()
    {
        var rsa = RSA.Create(2048);
        var jwk = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(rsa.ExportParameters(true)));
        var keys = ShieldTokens.Read(new JsonObject
        {
            ["kty"] = "RSA",
            ["alg"] = "RS256",
            ["kid"] = "k1",
            ["n"] = jwk.N,
            ["e"] = jwk.E,
            ["d"] = jwk.D,
            ["p"] = jwk.P,
            ["q"] = jwk.Q,
        });
        keys.Keys.ShouldHaveSingleItem().Members.Select(member => member.Key).ShouldBe(["alg", "e", "kid", "kty", "n"]);
        var finding = keys.Findings.ShouldHaveSingleItem();
        finding.Kind.ShouldBe(KeyFindingKind.PrivateKeyRemoved);
        finding.Message.ShouldContain("(d, p, q)");
        finding.Message.ShouldNotContain(jwk.D);
    }

    public static TheoryData<string, string, string> Unusable
    {
        get
        {
            const string Coordinate = "QG3VFVwUX4IatQvBy7sqBvvmticCZ-eX5-nbtGKBOfI";
            var small = Base64UrlEncoder.Encode(Enumerable.Repeat((byte)0xFF, 128).ToArray());
            return new()
            {
                { "RS256", $$"""{"n":"{{small}}"}""", "2048 to 8192 bits" },
                { "RS256", """{"n":null}""", "n is not a modulus" },
                { "RS256", """{"n":"AQAB="}""", "n is not a modulus" },
                { "RS256", """{"e":"AQ"}""", "e is not an odd number" },
                { "RS256", """{"e":1}""", "e is not an odd number" },
                { "RS256", """{"alg":"RS1"}""", "alg is none of ES256, ES384, HS256" },
                { "RS256", """{"alg":"rs256"}""", "alg is none of" },
                { "RS256", """{"alg":null}""", "alg is none of" },
                { "RS256", """{"alg":"HS256"}""", "HS256 needs a key with kty oct" },
                { "RS256", """{"alg":"ES256"}""", "ES256 needs a key with kty EC" },
                { "RS256", """{"kty":"rsa"}""", "kty is not RSA, EC or oct" },
                { "RS256", """{"kty":"OKP"}""", "kty is not RSA, EC or oct" },
                { "RS256", """{"kid":null}""", "kid is missing" },
                { "RS256", """{"kid":""}""", "kid is missing" },
                { "RS256", """{"kid":7}""", "kid is missing" },
                { "RS256", """{"use":"enc"}""", "use is not sig" },
                { "RS256", """{"use":null}""", "use is not sig" },
                { "RS256", """{"key_ops":["encrypt"]}""", "key_ops does not hold verify" },
                { "RS256", """{"key_ops":"verify"}""", "key_ops does not hold verify" },
                { "ES256", """{"alg":null}""", "alg is none of" },
                { "ES256", """{"alg":"ES384"}""", "ES384 needs crv P-384" },
                { "ES256", """{"crv":"secp256k1"}""", "ES256 needs crv P-256" },
                { "ES256", """{"crv":null}""", "ES256 needs crv P-256" },
                { "ES256", """{"x":"AQAB"}""", "x and y are not 32 bytes each" },
                { "ES256", """{"y":null}""", "x and y are not 32 bytes each" },
                { "ES256", $$"""{"x":"{{Coordinate}}","y":"{{Coordinate}}"}""", "no point of P-256" },
                { "ES384", """{"alg":"ES256","crv":"P-256"}""", "x and y are not 32 bytes each" },
                { "HS256", """{"k":null}""", "k is not at least 32 bytes" },
                { "HS256", """{"k":""}""", "k is not at least 32 bytes" },
                { "HS256", $$"""{"k":"{{Base64UrlEncoder.Encode(new byte[31])}}"}""", "k is not at least 32 bytes" },
                { "HS256", """{"alg":"HS384"}""", "k is not at least 48 bytes" },
                { "HS384", """{"alg":"HS512"}""", "k is not at least 64 bytes" },
                { "HS256", """{"k":"not base64url, not base64url, not base64url"}""", "k is not at least 32 bytes" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Unusable))]
    public void An_unusable_key_is_dropped_and_told(string algorithm, string change, string problem)
    {
        var other = ShieldKey.Of("RS512");
        var bad = ShieldKey.Of(algorithm).JwkWith(jwk =>
        {
            foreach (var member in JsonNode.Parse(change)!.AsObject())
            {
                jwk[member.Key] = member.Value?.DeepClone();
            }
        });
        var keys = ShieldTokens.Read(other.Jwk, bad);
        keys.Problem.ShouldBeNull();
        keys.Keys.ShouldHaveSingleItem().Algorithm.Name.ShouldBe("RS512");
        var finding = keys.Findings.ShouldHaveSingleItem();
        (finding.Kind, finding.Index).ShouldBe((KeyFindingKind.Dropped, 1));
        finding.Message.ShouldStartWith("keys[1] is not used: ");
        finding.Message.ShouldContain(problem);

        ShieldTokens.Read(bad).Problem.ShouldNotBeNull().ShouldContain(problem);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("[]")]
    [InlineData("{\"kty\":\"RSA\",\"kty\":\"RSA\"}")]
    [InlineData("{\"kty\":\"RSA\",\"kid\":\"\\ud800\"}")]
    [InlineData("{\"kty\":\"RSA\",\"\\udc00\":1}")]
    public void What_is_no_JWK_is_dropped(string jwk)
    {
        using var document = JsonDocument.Parse($"[{jwk}]");
        var keys = CredentialReader.Read(document.RootElement);
        keys.Keys.ShouldBeEmpty();
        keys.Problem.ShouldNotBeNull().ShouldStartWith("no key can be used: keys[0] is not used");
        keys.Findings.ShouldHaveSingleItem().Kind.ShouldBe(KeyFindingKind.Dropped);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]")]
    public void One_to_16_keys_make_a_configuration(string json)
    {
        using var document = JsonDocument.Parse(json);
        CredentialReader.Read(document.RootElement).Problem.ShouldBe("keys must be an array of 1 to 16 JSON web keys");
    }

    [Fact]
    public void A_pair_of_alg_and_kid_names_one_key()
    {
        var (first, second) = (ShieldKey.Of("RS256"), ShieldKey.Of("RS256", "next"));
        ShieldTokens.Read(first.Jwk, second.Jwk).Problem.ShouldNotBeNull().ShouldContain("the same alg and kid");
        ShieldTokens.Read(first.Jwk, second.JwkWith(jwk => jwk["kid"] = "K1")).Problem.ShouldBeNull();
        ShieldTokens.Read(first.Jwk, second.JwkWith(jwk => jwk["alg"] = "PS256")).Problem.ShouldBeNull();
    }
}
