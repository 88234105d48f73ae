using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.ApiShield.Tests.Tokens;

/// <summary>A key of an issuer, with its private half: what it publishes, and signatures by .NET's own cryptography.</summary>
internal sealed class ShieldKey
{
    private static readonly ConcurrentDictionary<(string, string), ShieldKey> Made = new();

    private readonly Func<byte[], byte[]> _sign;

    private ShieldKey(string algorithm, SecurityKey key, JsonObject jwk, Func<byte[], byte[]> sign)
    {
        Algorithm = algorithm;
        SecurityKey = key;
        _sign = sign;
        Jwk = jwk;
        Jwk["kid"] = "k1";
        Jwk["alg"] = algorithm;
    }

    public static IEnumerable<string> Algorithms =>
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "HS256", "HS384", "HS512"];

    public string Algorithm { get; }

    /// <summary>The private key, for a second implementation.</summary>
    public SecurityKey SecurityKey { get; }

    public JsonObject Jwk { get; }

    /// <summary>The key of an algorithm, always the same one within a test run; another for another name. RSA keys differ by name only.</summary>
    public static ShieldKey Of(string algorithm, string name = "current") => Made.GetOrAdd((algorithm, name), _ => Create(algorithm, name));

    /// <summary>The published key, changed.</summary>
    public JsonObject JwkWith(Action<JsonObject> change)
    {
        var jwk = Jwk.DeepClone().AsObject();
        change(jwk);
        return jwk;
    }

    public byte[] Sign(byte[] content) => _sign(content);

    private static ShieldKey Create(string algorithm, string name)
    {
        var hash = new HashAlgorithmName("SHA" + algorithm[2..]);
        switch (algorithm[..2])
        {
            case "ES":
                var ec = ECDsa.Create(algorithm == "ES256" ? ECCurve.NamedCurves.nistP256 : ECCurve.NamedCurves.nistP384);
                var point = ec.ExportParameters(false).Q;
                return new ShieldKey(
                    algorithm,
                    new ECDsaSecurityKey(ec),
                    new JsonObject { ["kty"] = "EC", ["crv"] = "P-" + algorithm[2..], ["x"] = Text(point.X!), ["y"] = Text(point.Y!) },
                    content => ec.SignData(content, hash));
            case "HS":
                var secret = RandomNumberGenerator.GetBytes(algorithm == "HS256" ? 32 : algorithm == "HS384" ? 48 : 64);
                return new ShieldKey(
                    algorithm,
                    new SymmetricSecurityKey(secret),
                    new JsonObject { ["kty"] = "oct", ["k"] = Text(secret) },
                    content => Hmac(hash, secret, content));
            default:
                var rsa = TestKey.Get("shield " + name).Rsa;
                var numbers = rsa.ExportParameters(false);
                var padding = algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
                return new ShieldKey(
                    algorithm,
                    new RsaSecurityKey(rsa),
                    new JsonObject { ["kty"] = "RSA", ["n"] = Text(numbers.Modulus!), ["e"] = Text(numbers.Exponent!) },
                    content => rsa.SignData(content, hash, padding));
        }
    }

    public static byte[] Hmac(HashAlgorithmName hash, byte[] secret, byte[] content) => hash.Name switch
    {
        "SHA256" => HMACSHA256.HashData(secret, content),
        "SHA384" => HMACSHA384.HashData(secret, content),
        _ => HMACSHA512.HashData(secret, content),
    };

    private static string Text(byte[] bytes) => Base64UrlEncoder.Encode(bytes);
}
