using System.Collections.Frozen;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.ApiShield.Tokens.Keys;

/// <summary>An algorithm that token configurations know. Source: RFC 7518, section 3.1.</summary>
/// <param name="Name">The <c>alg</c>.</param>
/// <param name="KeyType">The <c>kty</c> of its keys.</param>
/// <param name="Curve">The <c>crv</c> of its keys, where they have one.</param>
/// <param name="Size">In bytes: of its hash, and so the least of a secret; of a coordinate of its curve.</param>
internal sealed record SigningAlgorithm(string Name, string KeyType, string? Curve, int Size)
{
    public const string Rsa = "RSA";
    public const string EllipticCurve = "EC";
    public const string Secret = "oct";

    private static readonly FrozenDictionary<string, SigningAlgorithm> ByName = new SigningAlgorithm[]
    {
        new(SecurityAlgorithms.RsaSha256, Rsa, null, 32),
        new(SecurityAlgorithms.RsaSha384, Rsa, null, 48),
        new(SecurityAlgorithms.RsaSha512, Rsa, null, 64),
        new(SecurityAlgorithms.RsaSsaPssSha256, Rsa, null, 32),
        new(SecurityAlgorithms.RsaSsaPssSha384, Rsa, null, 48),
        new(SecurityAlgorithms.RsaSsaPssSha512, Rsa, null, 64),
        new(SecurityAlgorithms.EcdsaSha256, EllipticCurve, "P-256", 32),
        new(SecurityAlgorithms.EcdsaSha384, EllipticCurve, "P-384", 48),
        new(SecurityAlgorithms.HmacSha256, Secret, null, 32),
        new(SecurityAlgorithms.HmacSha384, Secret, null, 48),
        new(SecurityAlgorithms.HmacSha512, Secret, null, 64),
    }.ToFrozenDictionary(algorithm => algorithm.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => ByName.Keys.Order(StringComparer.Ordinal);

    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(Name);

    public static SigningAlgorithm? Find(string name) => ByName.GetValueOrDefault(name);
}
