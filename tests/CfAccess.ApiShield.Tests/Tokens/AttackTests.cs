using System.Security.Cryptography;
using System.Text;
using CfAccess.Testing;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.ApiShield.Tests.Tokens;

/// <summary>What an attacker sends where a configuration knows keys of several algorithms under one <c>kid</c>.</summary>
public sealed class AttackTests
{
    public static TheoryData<string> Algorithms => [.. ShieldKey.Algorithms];

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    [InlineData("rs256")]
    [InlineData("RS1")]
    [InlineData("ES512")]
    [InlineData("ES256K")]
    [InlineData("EdDSA")]
    [InlineData("dir")]
    [InlineData("RSA1_5")]
    [InlineData("")]
    public void Other_algorithms_find_no_key(string algorithm)
    {
        var key = ShieldKey.Of("RS256");
        var token = ShieldTokens.Mint(key, header: header => header["alg"] = algorithm);
        ShieldTokens.Verifier(key).Verify(token).Word().ShouldBe("no_matching_key");
        ShieldTokens.Verifier(key).Verify(ShieldTokens.ContentOf(token) + ".").Word().ShouldBe("malformed");
        ShieldTokens.Verifier(key).Verify(ShieldTokens.ContentOf(token) + ".AA").Word().ShouldBe("no_matching_key");
    }

    /// <summary>Each key signs under the name of each other algorithm; the configuration knows both under the same kid.</summary>
    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_signature_counts_for_its_own_algorithm_only(string signer)
    {
        var key = ShieldKey.Of(signer);
        foreach (var named in ShieldKey.Algorithms.Where(other => other != signer))
        {
            var forged = ShieldTokens.Mint(key, header: header => header["alg"] = named);
            ShieldTokens.Verifier(key).Verify(forged).Word().ShouldBe("no_matching_key", named);
            ShieldTokens.Verifier(key, ShieldKey.Of(named)).Verify(forged).Word().ShouldBe("bad_signature", named);
        }
    }

    /// <summary>HMAC with what everybody knows of the public key, beside a genuine HMAC key of the same kid.</summary>
    [Theory]
    [InlineData("HS256")]
    [InlineData("HS384")]
    [InlineData("HS512")]
    public void A_public_key_is_no_secret(string algorithm)
    {
        var key = ShieldKey.Of("RS256");
        var rsa = TestKey.Get("shield current").Rsa;
        var verifiers = new[] { ShieldTokens.Verifier(key), ShieldTokens.Verifier(key, ShieldKey.Of(algorithm)) };
        byte[][] secrets =
        [
            [],
            [0],
            Encoding.ASCII.GetBytes(rsa.ExportRSAPublicKeyPem()),
            Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()),
            Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem() + "\n"),
            rsa.ExportRSAPublicKey(),
            rsa.ExportSubjectPublicKeyInfo(),
            rsa.ExportParameters(false).Modulus!,
            Encoding.ASCII.GetBytes(key.Jwk["n"]!.GetValue<string>()),
            Encoding.ASCII.GetBytes(key.Jwk.ToJsonString()),
        ];
        foreach (var secret in secrets)
        {
            var content = ShieldTokens.ContentOf(ShieldTokens.Mint(key, header: header => header["alg"] = algorithm));
            var mac = ShieldKey.Hmac(new HashAlgorithmName("SHA" + algorithm[2..]), secret, Encoding.ASCII.GetBytes(content));
            verifiers[0].Verify(ShieldTokens.With(content, mac)).Word().ShouldBe("no_matching_key");
            verifiers[1].Verify(ShieldTokens.With(content, mac)).Word().ShouldBe("bad_signature");
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void No_signature_of_zeros_or_another_length_passes(string algorithm)
    {
        var key = ShieldKey.Of(algorithm);
        var verifier = ShieldTokens.Verifier(key);
        var content = ShieldTokens.ContentOf(ShieldTokens.Mint(key));
        var good = key.Sign(Encoding.ASCII.GetBytes(content));
        verifier.Verify(ShieldTokens.With(content, good)).Word().ShouldBe("valid");
        byte[][] bad =
        [
            new byte[good.Length],
            [.. Enumerable.Repeat((byte)0xFF, good.Length)],
            [.. new byte[good.Length - 1], 1],
            [0],
            new byte[16],
            good[..^1],
            good[..(good.Length / 2)],
            [.. good, 0],
            [0, .. good],
            [.. good, .. good],
            new byte[8000],
        ];
        foreach (var signature in bad)
        {
            verifier.Verify(ShieldTokens.With(content, signature)).Word().ShouldBe("bad_signature", signature.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        verifier.Verify(content + ".").Word().ShouldBe("malformed");
        verifier.Verify(content).Word().ShouldBe("malformed");
    }

    /// <summary>The order of P-256: r or s may not be it, nor 0 (CVE-2022-21449); nor is the DER form a JWS signature.</summary>
    [Fact]
    public void An_ECDSA_signature_is_two_numbers_within_the_order()
    {
        var key = ShieldKey.Of("ES256");
        var verifier = ShieldTokens.Verifier(key);
        var content = ShieldTokens.ContentOf(ShieldTokens.Mint(key));
        var order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
        var good = key.Sign(Encoding.ASCII.GetBytes(content));
        foreach (var signature in new byte[][]
        {
            [.. order, .. order], [.. new byte[32], .. good[32..]], [.. good[..32], .. new byte[32]], [.. good[32..], .. good[..32]],
            ((ECDsaSecurityKey)key.SecurityKey).ECDsa.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
        })
        {
            verifier.Verify(ShieldTokens.With(content, signature)).Word().ShouldBe("bad_signature");
        }
    }

    [Theory]
    [InlineData("""{"alg":"ES256","kid":"k1","crit":["exp"]}""", "unsupported_header")]
    [InlineData("""{"alg":"ES256","kid":"k1","crit":[]}""", "unsupported_header")]
    [InlineData("""{"alg":"ES256","kid":"k1","crit":null}""", "unsupported_header")]
    [InlineData("""{"alg":"ES256","kid":"k1","b64":false}""", "unsupported_header")]
    [InlineData("""{"alg":"dir","enc":"A128GCM","kid":"k1"}""", "unsupported_header")]
    [InlineData("""{"alg":"ES256"}""", "no_key_id")]
    [InlineData("""{"alg":"ES256","kid":""}""", "no_key_id")]
    [InlineData("""{"alg":"ES256","kid":null}""", "no_key_id")]
    [InlineData("""{"alg":"ES256","kid":1}""", "no_key_id")]
    [InlineData("""{"alg":"ES256","kid":["k1"]}""", "no_key_id")]
    [InlineData("""{"alg":"ES256","kid":{"k1":"k1"}}""", "no_key_id")]
    [InlineData("""{"alg":"ES256","KID":"k1"}""", "no_key_id")]
    [InlineData("""{"alg":"ES256","kid":"../k1"}""", "no_matching_key")]
    [InlineData("""{"alg":"ES256","kid":"__proto__"}""", "no_matching_key")]
    [InlineData("""{"alg":"ES256","kid":"k1\u0000"}""", "no_matching_key")]
    [InlineData("""{"alg":"ES256","kid":"\ud800"}""", "malformed")]
    [InlineData("""{"alg":"\udc00","kid":"k1"}""", "malformed")]
    [InlineData("""{"kid":"k1"}""", "malformed")]
    [InlineData("""{"alg":null,"kid":"k1"}""", "malformed")]
    [InlineData("""{"alg":["ES256"],"kid":"k1"}""", "malformed")]
    [InlineData("""{"alg":"ES256","alg":"ES256","kid":"k1"}""", "malformed")]
    [InlineData("""{"alg":"none","kid":"k1","alg":"ES256"}""", "malformed")]
    [InlineData("""{"alg":"ES256","kid":"k1","kid":"k1"}""", "malformed")]
    [InlineData("""{"alg":"ES256","kid":"k1","x":1,"x":1}""", "malformed")]
    [InlineData("""{"alg":"none","\u0061lg":"ES256","kid":"k1"}""", "malformed")]
    [InlineData("""{"\u0061lg":"ES256","kid":"k1"}""", "malformed")]
    [InlineData("""{"alg":"ES256","kid":"k1","\u0063rit":["exp"]}""", "malformed")]
    [InlineData("""{"alg":"ES256","kid":"k1"} x""", "malformed")]
    [InlineData("""{"alg":"ES256","kid":"k1"}{}""", "malformed")]
    [InlineData("""{"alg":"ES256","kid":"k1",}""", "malformed")]
    [InlineData("""{"alg":"ES256","kid":"k1"/**/}""", "malformed")]
    [InlineData("""{"alg":"ES256","kid":"k1","x":[[[[[]]]]]}""", "malformed")]
    [InlineData("\ufeff{\"alg\":\"ES256\",\"kid\":\"k1\"}", "malformed")]
    [InlineData("[\"ES256\",\"k1\"]", "malformed")]
    [InlineData("null", "malformed")]
    [InlineData("{", "malformed")]
    [InlineData("x", "malformed")]
    public void A_header_says_one_thing_or_is_refused(string header, string word)
    {
        var key = ShieldKey.Of("ES256");
        ShieldTokens.Verifier(key).Verify(ShieldTokens.Sign(key, header, ShieldTokens.Payload.ToJsonString())).Word().ShouldBe(word);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("null")]
    [InlineData("{\"exp\":1900000000")]
    [InlineData("{\"exp\":1900000000}x")]
    [InlineData("{\"exp\":1900000000,}")]
    [InlineData("{\"exp\":1900000000/**/}")]
    [InlineData("\ufeff{\"exp\":1900000000}")]
    [InlineData("{\"exp\":1,\"exp\":1900000000}")]
    [InlineData("{\"exp\":1,\"\\u0065xp\":1900000000}")]
    [InlineData("{\"role\":\"a\",\"role\":\"b\"}")]
    [InlineData("{\"x\":\"\\ud800\"}")]
    [InlineData("{\"x\":[{\"\\udc00\":1}]}")]
    public void A_payload_is_one_object_that_says_nothing_twice(string payload)
    {
        var key = ShieldKey.Of("ES256");
        ShieldTokens.Verifier(key).Verify(ShieldTokens.Sign(key, ShieldTokens.Header(key).ToJsonString(), payload)).Word().ShouldBe("malformed");
    }

    [Fact]
    public void What_is_not_UTF_8_is_refused()
    {
        var key = ShieldKey.Of("ES256");
        var verifier = ShieldTokens.Verifier(key);
        var (header, payload) = (Encoding.UTF8.GetBytes(ShieldTokens.Header(key).ToJsonString()), "{\"a\":\"é\"}");
        verifier.Verify(ShieldTokens.Sign(key, header, Encoding.UTF8.GetBytes(payload))).Word().ShouldBe("valid");
        verifier.Verify(ShieldTokens.Sign(key, header, Encoding.Latin1.GetBytes(payload))).Word().ShouldBe("malformed");
        var latin = Encoding.Latin1.GetBytes("{\"alg\":\"ES256\",\"kid\":\"k1\",\"x\":\"é\"}");
        verifier.Verify(ShieldTokens.Sign(key, latin, Encoding.UTF8.GetBytes(payload))).Word().ShouldBe("malformed");
    }

    [Fact]
    public void A_token_has_a_bounded_length()
    {
        var key = ShieldKey.Of("ES256");
        var verifier = ShieldTokens.Verifier(key);
        verifier.Verify(ShieldTokens.Mint(key, payload => payload["x"] = new string('x', 11_000))).Word().ShouldBe("valid");
        verifier.Verify(ShieldTokens.Mint(key, payload => payload["x"] = new string('x', 12_200))).Word().ShouldBe("too_long");
        verifier.Verify(ShieldTokens.Mint(key, header: header => header["x"] = new string('x', 6_200))).Word().ShouldBe("malformed");
        verifier.Verify(new string('.', 100_000)).Word().ShouldBe("too_long");
        verifier.Verify(new string('.', 10_000)).Word().ShouldBe("malformed");
    }
}
