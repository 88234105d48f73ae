using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CfAccess.AspNetCore.Keys;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Shared.Jwt;
using CfAccess.Testing;
using CfAccess.Testing.Properties;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Tests.Attacks;

/// <summary>The signature that RFC 7515 gives as its example of RS256, in appendix A.2.</summary>
[Trait("Duration", "Long")]
public sealed class Rfc7515Tests
{
    private const string Modulus =
        "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOW"
        + "vG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9k"
        + "G4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";

    private const string Content =
        "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    private const string Signature =
        "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4"
        + "BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqv"
        + "hJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

    [Fact]
    public void The_example_has_a_good_signature() => HasGoodSignature(Content, Signature).ShouldBeTrue();

    [Fact]
    public void The_example_with_any_bit_of_its_signature_changed_has_a_bad_one()
    {
        for (var bit = 0; bit < Signature.Length / 4 * 3 * 8; bit++)
        {
            var bytes = Base64Url.DecodeFromChars(Signature);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            HasGoodSignature(Content, Base64Url.EncodeToString(bytes)).ShouldBeFalse($"bit {bit}");
        }
    }

    [Fact]
    public void The_example_with_another_payload_has_a_bad_signature() =>
        HasGoodSignature(Content.Replace("LmNvbS9p", "LmNvbS9q", StringComparison.Ordinal), Signature).ShouldBeFalse();

    [Fact]
    public async Task The_example_is_no_token_of_Access()
    {
        await using var host = await AccessHost.StartAsync();
        host.Endpoint.AnswerWith(KeysEndpoint.Document(Jwk()));

        using var refusal = await host.GetAsync($"{Content}.{Signature}");

        refusal.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        host.LastReason.ShouldBe("malformed");
        host.Endpoint.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(257)]
    [InlineData(512)]
    public void A_signature_of_another_length_is_a_bad_one(int length) =>
        HasGoodSignature(Content, Base64Url.EncodeToString([.. Enumerable.Repeat((byte)1, length)])).ShouldBeFalse();

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    public void A_signature_that_is_no_number_below_the_modulus_is_a_bad_one(byte value) =>
        HasGoodSignature(Content, Base64Url.EncodeToString([.. Enumerable.Repeat(value, 256)])).ShouldBeFalse();

    [Fact]
    public void What_the_platform_cannot_make_sense_of_is_a_bad_signature() =>
        JwsSignature.IsValid(Encoding.ASCII.GetBytes($"{Content}.{Signature}"), new Throwing(), 256).ShouldBeFalse();

    /// <summary>The check that the scheme relies on.</summary>
    private static bool HasGoodSignature(string content, string signature)
    {
        using var jwk = JsonDocument.Parse(Jwk().ToJsonString());
        KeyFilter.TryRead(jwk.RootElement, out var key, out _).ShouldBeTrue();
        return TokenSignature.IsBy(key!, Encoding.ASCII.GetBytes($"{content}.{signature}"));
    }

    private static JsonObject Jwk() => new() { ["kty"] = "RSA", ["kid"] = "rfc7515", ["n"] = Modulus, ["e"] = "AQAB" };

    private sealed class Throwing() : SignatureProvider(new RsaSecurityKey(FixedKeys.Current.Rsa), SecurityAlgorithms.RsaSha256)
    {
        public override byte[] Sign(byte[] input) => throw new NotSupportedException();

        public override bool Verify(byte[] input, byte[] signature) => throw new CryptographicException();

        public override bool Verify(
            byte[] input, int inputOffset, int inputLength, byte[] signature, int signatureOffset, int signatureLength) =>
            throw new CryptographicException();

        protected override void Dispose(bool disposing)
        {
        }
    }
}
