using Microsoft.IdentityModel.Tokens;

namespace CfAccess.Testing;

/// <summary>Counts the signatures that are really checked, inside the keys that the library holds.</summary>
public sealed class SignatureChecks : ICryptoProvider
{
    private readonly Dictionary<SecurityKey, Provider> _providers = [];
    private int _count;

    public int Count => _count;

    public void CountThoseOf(SecurityKey key)
    {
        _providers.Add(key, new Provider(this, (RsaSecurityKey)key));
        key.CryptoProviderFactory = new CryptoProviderFactory { CustomCryptoProvider = this };
    }

    public bool IsSupportedAlgorithm(string algorithm, params object[] args) => algorithm == SecurityAlgorithms.RsaSha256;

    public object Create(string algorithm, params object[] args) => _providers[(SecurityKey)args[0]];

    /// <summary>Keeps it for the next check.</summary>
    public void Release(object cryptoInstance)
    {
    }

    /// <summary>Works on a copy of the key, which leads to no counting provider again.</summary>
    private sealed class Provider(SignatureChecks checks, RsaSecurityKey key)
        : AsymmetricSignatureProvider(new RsaSecurityKey(key.Parameters), SecurityAlgorithms.RsaSha256)
    {
        public override bool Verify(
            byte[] input, int inputOffset, int inputLength, byte[] signature, int signatureOffset, int signatureLength)
        {
            checks._count++;
            return base.Verify(input, inputOffset, inputLength, signature, signatureOffset, signatureLength);
        }
    }
}
