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

    public object Create(string algorithm, params object[] args) => verifier;

    /// <summary>Keeps it for the next token.</summary>
    public void Release(object cryptoInstance)
    {
    }
}
