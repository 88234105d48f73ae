using System.Buffers.Text;
using System.Security.Cryptography;
using CfAccess.AspNetCore.Keys;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.Cli.Keys;

/// <summary>The usable keys, for other tools: only what is public of them, and only what the library would use.</summary>
internal static class KeyExport
{
    public static string Pem(KeySet keys) => string.Join('\n', InOrder(keys).Select(key =>
    {
        using var rsa = RSA.Create(key.Parameters);
        return rsa.ExportSubjectPublicKeyInfoPem();
    }));

    public static ExportedKeySet Jwks(KeySet keys) => new([.. InOrder(keys).Select(key => new ExportedKey(
        key.KeyId,
        "RSA",
        SecurityAlgorithms.RsaSha256,
        "sig",
        Base64Url.EncodeToString(key.Parameters.Exponent),
        Base64Url.EncodeToString(key.Parameters.Modulus)))]);

    private static IEnumerable<RsaSecurityKey> InOrder(KeySet keys) =>
        keys.All.OfType<RsaSecurityKey>().OrderBy(key => key.KeyId, StringComparer.Ordinal);
}

/// <summary>A JWK set (RFC 7517, section 5).</summary>
internal sealed record ExportedKeySet(IReadOnlyList<ExportedKey> Keys);

/// <summary>A public RSA key (RFC 7517, section 4; RFC 7518, section 6.3.1).</summary>
internal sealed record ExportedKey(string Kid, string Kty, string Alg, string Use, string E, string N);
