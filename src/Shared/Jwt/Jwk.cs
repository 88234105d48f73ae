using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;

namespace CfAccess.Shared.Jwt;

/// <summary>Reads public members of a JSON Web Key, more strictly than Microsoft.IdentityModel does. Source: RFC 7517, section 4; RFC 7518, section 6.3.1.</summary>
internal static class Jwk
{
    private const int MinRsaBits = 2048;
    private const int MaxRsaBits = 8192;

    /// <returns>The string, or null if the member is missing or not a string.</returns>
    public static string? GetString(JsonElement jwk, string name) =>
        jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Reads a big-endian number, without leading zeros.</summary>
    /// <returns>The bytes, or null if the member is not a number in canonical base64url.</returns>
    public static byte[]? GetNumber(JsonElement jwk, string name)
    {
        if (GetString(jwk, name) is not { } text || !Base64UrlSegment.IsCanonical(text))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        var first = bytes.AsSpan().IndexOfAnyExcept((byte)0);
        return first < 0 ? null : bytes[first..];
    }

    /// <param name="operations">The value of <c>key_ops</c>.</param>
    public static bool AllowsVerify(JsonElement operations) =>
        operations.ValueKind == JsonValueKind.Array
        && operations.EnumerateArray().Any(operation => operation.ValueKind == JsonValueKind.String && operation.ValueEquals("verify"));

    /// <returns>What is wrong with a public RSA key, or null.</returns>
    public static string? FindProblem(RSAParameters parameters)
    {
        if (parameters.Modulus is not { Length: > 0 } modulus || (modulus[^1] & 1) == 0)
        {
            return "n is not a modulus";
        }

        var bits = (modulus.Length * 8) - BitOperations.LeadingZeroCount(modulus[0]) + 24;
        if (bits is < MinRsaBits or > MaxRsaBits)
        {
            return $"its size is not {MinRsaBits} to {MaxRsaBits} bits";
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
}
