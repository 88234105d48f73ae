using System.Security.Cryptography;
using Microsoft.Extensions.ObjectPool;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Keys;

/// <summary>
/// Checks signatures by one key and RS256 with .NET's RSA. Microsoft.IdentityModel's own provider does the same in more steps, which every
/// new token would pay for. Source: RFC 7518, section 3.3.
/// </summary>
internal sealed class RsaSignatureProvider(RsaSecurityKey key) : SignatureProvider(key, SecurityAlgorithms.RsaSha256)
{
    /// <summary>One for each thread that is at it: of none does .NET promise that two may use it at a time.</summary>
    private readonly ObjectPool<RSA> _keys = new DefaultObjectPoolProvider().Create(new Import(key.Parameters));

    public override bool Verify(byte[] input, byte[] signature) => Verify(input, 0, input.Length, signature, 0, signature.Length);

    public override bool Verify(byte[] input, int inputOffset, int inputLength, byte[] signature, int signatureOffset, int signatureLength)
    {
        var rsa = _keys.Get();
        try
        {
            return rsa.VerifyData(
                input.AsSpan(inputOffset, inputLength),
                signature.AsSpan(signatureOffset, signatureLength),
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1);
        }
        finally
        {
            _keys.Return(rsa);
        }
    }

    public override byte[] Sign(byte[] input) => throw new NotSupportedException("The key is a public one.");

    protected override void Dispose(bool disposing) => (_keys as IDisposable)?.Dispose();

    private sealed class Import(RSAParameters parameters) : PooledObjectPolicy<RSA>
    {
        public override RSA Create() => RSA.Create(parameters);

        public override bool Return(RSA obj) => true;
    }
}
