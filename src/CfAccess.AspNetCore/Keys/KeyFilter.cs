using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using CfAccess.Shared.Jwt;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Keys;

/// <summary>
/// Decides which published keys may verify a token: RSA keys of 2,048 to 8,192 bits, for signatures, by RS256. Reads the public members
/// only. Source: RFC 7517, section 4; RFC 7518, sections 3.3 and 6.3.1.
/// </summary>
internal static class KeyFilter
{
    public static bool TryRead(JsonElement jwk, [NotNullWhen(true)] out SecurityKey? key, [NotNullWhen(false)] out string? problem)
    {
        key = null;
        problem = Problem(jwk);
        if (problem is not null)
        {
            return false;
        }

        var parameters = new RSAParameters { Modulus = Jwk.GetNumber(jwk, "n"), Exponent = Jwk.GetNumber(jwk, "e") };
        problem = Jwk.FindProblem(parameters);
        if (problem is not null)
        {
            return false;
        }

        var usable = new RsaSecurityKey(parameters) { KeyId = Jwk.GetString(jwk, "kid") };
        KeyVerifier.KeepFor(usable);
        key = usable;
        return true;
    }

    private static string? Problem(JsonElement jwk) => jwk switch
    {
        { ValueKind: not JsonValueKind.Object } => "it is not an object",
        _ when !PublishedJson.IsUnicode(jwk) => "it has a string that is not valid Unicode",
        _ when Jwk.GetString(jwk, "kty") != "RSA" => "kty is not RSA",
        _ when jwk.TryGetProperty("use", out _) && Jwk.GetString(jwk, "use") != "sig" => "use is not sig",
        _ when jwk.TryGetProperty("key_ops", out var operations) && !Jwk.AllowsVerify(operations) => "key_ops does not hold verify",
        _ when jwk.TryGetProperty("alg", out _) && Jwk.GetString(jwk, "alg") != SecurityAlgorithms.RsaSha256 => "alg is not RS256",
        _ when string.IsNullOrEmpty(Jwk.GetString(jwk, "kid")) => "kid is missing",
        _ => null,
    };
}
