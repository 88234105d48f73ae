using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.ExternalEvaluation.Keys;

/// <summary>
/// A key that signs answers, and when: published before <see cref="SignsFrom"/> already, replaced at <see cref="Retires"/>, published until
/// <see cref="Ends"/>. It is not disposed: a request may be at it while it leaves.
/// </summary>
internal sealed class EvaluationKey
{
    /// <summary>The smallest accepted key size, and that of new keys.</summary>
    public const int Bits = 2048;

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly Lock _gate = new();
    private readonly RSA _rsa;
    private readonly SigningCredentials _credentials;

    private EvaluationKey(RSA rsa, DateTimeOffset signsFrom, DateTimeOffset retires, DateTimeOffset ends)
    {
        _rsa = rsa;
        (SignsFrom, Retires, Ends) = (signsFrom, retires, ends);
        PublicKey = rsa.ExportParameters(includePrivateParameters: false);
        KeyId = Base64UrlEncoder.Encode(new RsaSecurityKey(PublicKey).ComputeJwkThumbprint());
        _credentials = new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = KeyId }, SecurityAlgorithms.RsaSha256)
        {
            // The shared cache of signature providers would keep the key for as long as the process.
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
    }

    /// <summary>The thumbprint of the key. Source: RFC 7638.</summary>
    public string KeyId { get; }

    public RSAParameters PublicKey { get; }

    public DateTimeOffset SignsFrom { get; }

    public DateTimeOffset Retires { get; }

    public DateTimeOffset Ends { get; }

    public static EvaluationKey Make(RSA rsa, DateTimeOffset signsFrom, TimeSpan lifetime, TimeSpan overlap)
    {
        var from = DateTimeOffset.FromUnixTimeSeconds(signsFrom.ToUnixTimeSeconds());
        return new(rsa, from, from + lifetime, from + lifetime + overlap);
    }

    /// <exception cref="CryptographicException">It is no RSA key of a sufficient size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time is none.</exception>
    public static EvaluationKey Read(StoredKey stored)
    {
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(stored.PrivateKey, out var length);
        return length == stored.PrivateKey.Length && rsa.KeySize >= Bits
            ? new(rsa, Time(stored.SignsFrom), Time(stored.Retires), Time(stored.Ends))
            : throw new CryptographicException("It is no RSA key of 2,048 bits or more.");
    }

    public StoredKey Store() => new()
    {
        PrivateKey = _rsa.ExportPkcs8PrivateKey(),
        SignsFrom = SignsFrom.ToUnixTimeSeconds(),
        Retires = Retires.ToUnixTimeSeconds(),
        Ends = Ends.ToUnixTimeSeconds(),
    };

    /// <param name="payload">A JSON object.</param>
    /// <returns>The token, with the header <c>alg</c>, <c>kid</c> and <c>typ</c>.</returns>
    public string Sign(string payload)
    {
        // RSA makes no promise to several threads.
        lock (_gate)
        {
            return Handler.CreateToken(payload, _credentials);
        }
    }

    private static DateTimeOffset Time(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);
}
