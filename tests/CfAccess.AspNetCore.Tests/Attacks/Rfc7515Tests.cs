using System.Buffers.Text;
using System.Net;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Tests.Attacks;

/// <summary>The signature that RFC 7515 gives as its example of RS256, in appendix A.2.</summary>
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
    public async Task The_example_has_a_good_signature() => (await HasGoodSignatureAsync(Content, Signature)).ShouldBeTrue();

    [Fact]
    public async Task The_example_with_any_bit_of_its_signature_changed_has_a_bad_one()
    {
        for (var bit = 0; bit < Signature.Length / 4 * 3 * 8; bit++)
        {
            var bytes = Base64Url.DecodeFromChars(Signature);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            (await HasGoodSignatureAsync(Content, Base64Url.EncodeToString(bytes))).ShouldBeFalse($"bit {bit}");
        }
    }

    [Fact]
    public async Task The_example_with_another_payload_has_a_bad_signature() =>
        (await HasGoodSignatureAsync(Content.Replace("LmNvbS9p", "LmNvbS9q", StringComparison.Ordinal), Signature)).ShouldBeFalse();

    [Fact]
    public async Task The_example_is_no_token_of_Access()
    {
        await using var host = await AccessHost.StartAsync();
        host.Endpoint.AnswerWith(KeysEndpoint.Document(new JsonObject
        {
            ["kty"] = "RSA",
            ["kid"] = "rfc7515",
            ["n"] = Modulus,
            ["e"] = "AQAB",
        }));

        using var refusal = await host.GetAsync($"{Content}.{Signature}");

        refusal.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        host.LastReason.ShouldBe("malformed");
        host.Endpoint.Count.ShouldBe(0);
    }

    /// <summary>The check that the scheme relies on, for a token that names no key.</summary>
    private static async Task<bool> HasGoodSignatureAsync(string content, string signature)
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync($"{content}.{signature}", new TokenValidationParameters
        {
            IssuerSigningKey = new JsonWebKey { Kty = "RSA", N = Modulus, E = "AQAB" },
            TryAllIssuerSigningKeys = true,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            RequireSignedTokens = true,
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        if (!result.IsValid)
        {
            result.Exception.ShouldBeAssignableTo<SecurityTokenInvalidSignatureException>();
        }

        return result.IsValid;
    }
}
