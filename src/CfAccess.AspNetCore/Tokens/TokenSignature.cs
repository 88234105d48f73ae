using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>
/// Has the signature of a token that passed a screen checked by what its key names for that. <c>JsonWebTokenHandler</c> would have it checked
/// by the same object, but takes the token apart again to get there, and tells of a bad signature by an exception.
/// </summary>
internal static class TokenSignature
{
    /// <summary>Checks it by exactly this key and RS256. Source: RFC 7515, section 5.2; RFC 7518, section 3.3.</summary>
    public static bool IsBy(SecurityKey key, byte[] token)
    {
        var factory = key.CryptoProviderFactory;
        var verifier = factory.CreateForVerifying(key, SecurityAlgorithms.RsaSha256);
        try
        {
            return IsGood(token, verifier, (key.KeySize + 7) / 8);
        }
        finally
        {
            factory.ReleaseSignatureProvider(verifier);
        }
    }

    /// <param name="token">Three segments of base64url, in ASCII.</param>
    /// <param name="verifier">The key and the algorithm.</param>
    /// <param name="length">How long a signature is, in bytes; some providers throw on another.</param>
    public static bool IsGood(byte[] token, SignatureProvider verifier, int length)
    {
        var signed = token.LastIndexOf((byte)'.');
        var signature = ArrayPool<byte>.Shared.Rent(token.Length - signed);
        try
        {
            return Base64Url.DecodeFromUtf8(token.AsSpan(signed + 1), signature) == length
                && verifier.Verify(token, 0, signed, signature, 0, length);
        }
        catch (CryptographicException)
        {
            // What the platform cannot make sense of is no good signature.
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(signature);
        }
    }
}
