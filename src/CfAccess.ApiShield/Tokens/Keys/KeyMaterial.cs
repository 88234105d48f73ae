using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using CfAccess.Shared.Jwt;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.ApiShield.Tokens.Keys;

/// <summary>The numbers of a key, checked.</summary>
/// <param name="Members">The members of the JWK that hold them.</param>
/// <param name="SignatureLength">How long signatures are, in bytes.</param>
/// <param name="Verifier">Makes what checks them.</param>
internal sealed record KeyMaterial(KeyValuePair<string, string>[] Members, int SignatureLength, Func<SignatureProvider> Verifier)
{
    /// <returns>The material, or what is wrong with it.</returns>
    public static KeyMaterial? Read(JsonElement jwk, SigningAlgorithm algorithm, out string? problem) => algorithm.KeyType switch
    {
        SigningAlgorithm.Rsa => ReadRsa(jwk, algorithm, out problem),
        SigningAlgorithm.EllipticCurve => ReadCurve(jwk, algorithm, out problem),
        _ => ReadSecret(jwk, algorithm, out problem),
    };

    private static KeyMaterial? ReadRsa(JsonElement jwk, SigningAlgorithm algorithm, out string? problem)
    {
        var parameters = new RSAParameters { Modulus = Jwk.GetNumber(jwk, "n"), Exponent = Jwk.GetNumber(jwk, "e") };
        problem = Jwk.FindProblem(parameters);
        return problem is null
            ? new KeyMaterial(
                Copy(jwk, "n", "e"),
                parameters.Modulus!.Length,
                () => new AsymmetricSignatureProvider(new RsaSecurityKey(parameters), algorithm.Name))
            : null;
    }

    private static KeyMaterial? ReadCurve(JsonElement jwk, SigningAlgorithm algorithm, out string? problem)
    {
        problem = jwk.TryGetProperty("crv", out _) && Jwk.GetString(jwk, "crv") != algorithm.Curve
            ? $"{algorithm.Name} needs crv {algorithm.Curve}"
            : ProblemOfPoint(Bytes(jwk, "x"), Bytes(jwk, "y"), algorithm);
        if (problem is not null)
        {
            return null;
        }

        // Of a JsonWebKey each thread gets its own ECDsa; an ECDsaSecurityKey would share one.
        var (x, y) = (Jwk.GetString(jwk, "x"), Jwk.GetString(jwk, "y"));
        return new KeyMaterial(
            [new("crv", algorithm.Curve!), .. Copy(jwk, "x", "y")],
            algorithm.Size * 2,
            () => new AsymmetricSignatureProvider(
                new JsonWebKey { Kty = SigningAlgorithm.EllipticCurve, Crv = algorithm.Curve, X = x, Y = y }, algorithm.Name));
    }

    private static KeyMaterial? ReadSecret(JsonElement jwk, SigningAlgorithm algorithm, out string? problem)
    {
        // Microsoft.IdentityModel takes shorter ones. Source: RFC 7518, section 3.2.
        var secret = Bytes(jwk, CredentialKey.SecretMember);
        problem = secret is null || secret.Length < algorithm.Size ? $"k is not at least {algorithm.Size} bytes in base64url" : null;
        return problem is null
            ? new KeyMaterial(
                Copy(jwk, CredentialKey.SecretMember),
                algorithm.Size,
                () => new SymmetricSignatureProvider(new SymmetricSecurityKey(secret), algorithm.Name, willCreateSignatures: false))
            : null;
    }

    /// <summary>Coordinates have their full length. Source: RFC 7518, section 6.2.1.2.</summary>
    private static string? ProblemOfPoint(byte[]? x, byte[]? y, SigningAlgorithm algorithm)
    {
        if (x?.Length != algorithm.Size || y?.Length != algorithm.Size)
        {
            return $"x and y are not {algorithm.Size} bytes each in base64url";
        }

        try
        {
            var curve = algorithm.Size == 32 ? ECCurve.NamedCurves.nistP256 : ECCurve.NamedCurves.nistP384;
            using var key = ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = x, Y = y } });
            return null;
        }
        catch (CryptographicException)
        {
            return $"x and y are no point of {algorithm.Curve}";
        }
    }

    private static byte[]? Bytes(JsonElement jwk, string name) =>
        Jwk.GetString(jwk, name) is { } text && Base64UrlSegment.IsCanonical(text) ? Base64Url.DecodeFromChars(text) : null;

    private static KeyValuePair<string, string>[] Copy(JsonElement jwk, params ReadOnlySpan<string> names)
    {
        var members = new KeyValuePair<string, string>[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            members[i] = new(names[i], Jwk.GetString(jwk, names[i])!);
        }

        return members;
    }
}
