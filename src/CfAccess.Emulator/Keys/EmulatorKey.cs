using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.Emulator.Keys;

/// <summary>A signing key with its certificate.</summary>
internal sealed class EmulatorKey : IDisposable
{
    private static readonly TimeSpan CertificateLifetime = TimeSpan.FromDays(365);

    private readonly RSA _rsa;

    /// <summary>Makes a key of a key pair, and disposes the pair with itself.</summary>
    public EmulatorKey(RSA rsa, string commonName, DateTimeOffset now)
    {
        _rsa = rsa;
        CreatedAt = now;
        PublicKey = _rsa.ExportParameters(includePrivateParameters: false);
        KeyId = Convert.ToHexStringLower(SHA256.HashData(_rsa.ExportSubjectPublicKeyInfo()));

        var request = new CertificateRequest($"CN={commonName}", _rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(now, now + CertificateLifetime);
        Certificate = certificate.ExportCertificatePem();

        // The library's shared cache of signature providers would keep the key beyond its emulator.
        Credentials = new SigningCredentials(new RsaSecurityKey(_rsa) { KeyId = KeyId }, SecurityAlgorithms.RsaSha256)
        {
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
    }

    /// <summary>64 hex digits, as Cloudflare's key ids have.</summary>
    public string KeyId { get; }

    public DateTimeOffset CreatedAt { get; }

    /// <summary>The self-signed certificate as PEM.</summary>
    public string Certificate { get; }

    public SigningCredentials Credentials { get; }

    public RSAParameters PublicKey { get; }

    public void Dispose() => _rsa.Dispose();
}
