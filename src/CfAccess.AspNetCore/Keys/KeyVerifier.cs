using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Keys;

/// <summary>
/// Keeps what a key's signatures are verified with, for as long as the key. Microsoft.IdentityModel would look it up in a cache of its own
/// for each token, by a text that it makes each time. It is not disposed: a request may be at it while its key leaves.
/// </summary>
internal sealed class KeyVerifier(SignatureProvider verifier) : ICryptoProvider
{
    /// <summary>Lets tokens of a key be verified by one and the same object.</summary>
    public static void KeepFor(RsaSecurityKey key) => key.CryptoProviderFactory = new CryptoProviderFactory
    {
        CustomCryptoProvider = new KeyVerifier(new RsaSignatureProvider(key)),
    };

    public bool IsSupportedAlgorithm(string algorithm, params object[] args) => algorithm == SecurityAlgorithms.RsaSha256;

    /// <exception cref="InvalidOperationException">The key or the algorithm is not the one of this verifier.</exception>
    public object Create(string algorithm, params object[] args) =>
        IsSupportedAlgorithm(algorithm) && args is [var key, ..] && ReferenceEquals(key, verifier.Key)
            ? verifier
            : throw new InvalidOperationException(
                "This verifier belongs to another key or algorithm. Do not copy the CryptoProviderFactory of a key of CfAccess to another key or to "
                + "TokenValidationParameters.");

    /// <summary>Keeps it for the next token.</summary>
    public void Release(object cryptoInstance)
    {
    }
}
