using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>
/// Has the signature of a token that passed a screen checked by Microsoft.IdentityModel. <c>JsonWebTokenHandler</c> would have it checked by
/// the same object, but takes the token apart again to get there, and tells of a bad signature by an exception.
/// </summary>
internal static class TokenSignature
{
    /// <summary>Checks it by exactly this key and RS256. Source: RFC 7515, section 5.2; RFC 7518, section 3.3.</summary>
    public static bool IsBy(SecurityKey key, string token)
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

    /// <param name="token">Three segments of base64url.</param>
    /// <param name="verifier">The key and the algorithm.</param>
    /// <param name="length">How long a signature is, in bytes; Microsoft.IdentityModel throws on some of another length.</param>
    public static bool IsGood(string token, SignatureProvider verifier, int length)
    {
        var signed = token.LastIndexOf('.');
        var signature = Base64Url.DecodeFromChars(token.AsSpan(signed + 1));
        if (signature.Length != length)
        {
            return false;
        }

        var content = ArrayPool<byte>.Shared.Rent(signed);
        try
        {
            Encoding.ASCII.GetBytes(token.AsSpan(0, signed), content);
            return verifier.Verify(content, 0, signed, signature, 0, signature.Length);
        }
        catch (CryptographicException)
        {
            // What the platform cannot make sense of is no good signature.
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(content, clearArray: true);
        }
    }
}
