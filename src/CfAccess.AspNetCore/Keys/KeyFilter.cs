using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using CfAccess.AspNetCore.Tokens;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Keys;

/// <summary>
/// Decides which published keys may verify a token: RSA keys of 2,048 to 8,192 bits, for signatures, by RS256. Reads the public members
/// only. Source: RFC 7517, section 4; RFC 7518, sections 3.3 and 6.3.1.
/// </summary>
internal static class KeyFilter
{
    private const int MinimumBits = 2048;
    private const int MaximumBits = 8192;

    public static bool TryRead(JsonElement jwk, [NotNullWhen(true)] out SecurityKey? key, [NotNullWhen(false)] out string? problem)
    {
        key = null;
        problem = Problem(jwk);
        if (problem is not null)
        {
            return false;
        }

        var parameters = new RSAParameters { Modulus = Number(jwk, "n"), Exponent = Number(jwk, "e") };
        problem = ProblemOf(parameters);
        if (problem is not null)
        {
            return false;
        }

        var usable = new RsaSecurityKey(parameters) { KeyId = Text(jwk, "kid") };
        KeyVerifier.KeepFor(usable);
        key = usable;
        return true;
    }

    private static string? Problem(JsonElement jwk) => jwk switch
    {
        { ValueKind: not JsonValueKind.Object } => "it is not an object",
        _ when !PublishedJson.IsUnicode(jwk) => "it has a string that is not valid Unicode",
        _ when Text(jwk, "kty") != "RSA" => "kty is not RSA",
        _ when jwk.TryGetProperty("use", out _) && Text(jwk, "use") != "sig" => "use is not sig",
        _ when jwk.TryGetProperty("key_ops", out var operations) && !AllowsVerify(operations) => "key_ops does not hold verify",
        _ when jwk.TryGetProperty("alg", out _) && Text(jwk, "alg") != SecurityAlgorithms.RsaSha256 => "alg is not RS256",
        _ when string.IsNullOrEmpty(Text(jwk, "kid")) => "kid is missing",
        _ => null,
    };

    internal static string? ProblemOf(RSAParameters parameters)
    {
        if (parameters.Modulus is not { Length: > 0 } modulus || (modulus[^1] & 1) == 0)
        {
            return "n is not a modulus";
        }

        var bits = (modulus.Length * 8) - BitOperations.LeadingZeroCount(modulus[0]) + 24;
        if (bits is < MinimumBits or > MaximumBits)
        {
            return $"its size is not {MinimumBits} to {MaximumBits} bits";
        }

        if (parameters.Exponent is not { Length: > 0 } exponent || (exponent[^1] & 1) == 0 || exponent is [1])
        {
            return "e is not an odd number of at least 3";
        }

        try
        {
            using var rsa = RSA.Create(parameters);
            return null;
        }
        catch (CryptographicException)
        {
            return "n and e are not an RSA key";
        }
    }

    internal static bool AllowsVerify(JsonElement operations) =>
        operations.ValueKind == JsonValueKind.Array
        && operations.EnumerateArray().Any(operation => operation.ValueKind == JsonValueKind.String && operation.ValueEquals("verify"));

    internal static string? Text(JsonElement jwk, string name) =>
        jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Reads a big-endian number, without leading zeros.</summary>
    internal static byte[]? Number(JsonElement jwk, string name)
    {
        if (Text(jwk, name) is not { } text || !Base64UrlSegment.IsCanonical(text))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        var first = bytes.AsSpan().IndexOfAnyExcept((byte)0);
        return first < 0 ? null : bytes[first..];
    }
}
