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
        _providers.Add(key, new Provider(this, key, key.CryptoProviderFactory.CreateForVerifying(key, SecurityAlgorithms.RsaSha256)));
        key.CryptoProviderFactory = new CryptoProviderFactory { CustomCryptoProvider = this };
    }

    public bool IsSupportedAlgorithm(string algorithm, params object[] args) => algorithm == SecurityAlgorithms.RsaSha256;

    public object Create(string algorithm, params object[] args) => _providers[(SecurityKey)args[0]];

    /// <summary>Keeps it for the next check.</summary>
    public void Release(object cryptoInstance)
    {
    }

    /// <summary>Has them checked by what checked them before.</summary>
    private sealed class Provider(SignatureChecks checks, SecurityKey key, SignatureProvider inner)
        : SignatureProvider(key, SecurityAlgorithms.RsaSha256)
    {
        public override byte[] Sign(byte[] input) => inner.Sign(input);

        public override bool Verify(byte[] input, byte[] signature) => Verify(input, 0, input.Length, signature, 0, signature.Length);

        public override bool Verify(
            byte[] input, int inputOffset, int inputLength, byte[] signature, int signatureOffset, int signatureLength)
        {
            checks._count++;
            return inner.Verify(input, inputOffset, inputLength, signature, signatureOffset, signatureLength);
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
