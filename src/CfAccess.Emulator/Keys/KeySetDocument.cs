using System.Buffers.Text;
using System.Text.Json;

namespace CfAccess.Emulator.Keys;

/// <summary>What the keys endpoint answers. Source: Cloudflare One documentation, "Validate JWTs", Access signing keys.</summary>
internal sealed record KeySetDocument(
    IReadOnlyList<PublishedJwk> Keys,
    PublishedCertificate? PublicCert,
    IReadOnlyList<PublishedCertificate> PublicCerts)
{
    public static string Write(IReadOnlyList<EmulatorKey> keys)
    {
        IReadOnlyList<PublishedCertificate> certificates = [.. keys.Select(key => new PublishedCertificate(key.KeyId, key.Certificate))];
        var current = certificates is [.., var last] ? last : null;
        var document = new KeySetDocument([.. keys.Select(PublishedJwk.Of)], current, certificates);
        return JsonSerializer.Serialize(document, EmulatorJson.Default.KeySetDocument);
    }
}

/// <summary>A public key (RFC 7517, section 4; RFC 7518, section 6.3.1).</summary>
internal sealed record PublishedJwk(string Kid, string Kty, string Alg, string Use, string E, string N)
{
    public static PublishedJwk Of(EmulatorKey key)
    {
        var rsa = key.PublicKey;
        return new(key.KeyId, "RSA", "RS256", "sig", Base64Url.EncodeToString(rsa.Exponent), Base64Url.EncodeToString(rsa.Modulus));
    }
}

/// <summary>A public key as a PEM certificate.</summary>
internal sealed record PublishedCertificate(string Kid, string Cert);
