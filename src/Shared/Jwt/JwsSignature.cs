using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.Shared.Jwt;

/// <summary>
/// Verifies the signature of a token with a Microsoft.IdentityModel signature provider. <c>JsonWebTokenHandler</c> uses the same provider, but parses the
/// token again first, and reports an invalid signature by an exception.
/// </summary>
internal static class JwsSignature
{
    /// <summary>Verifies the signature. Source: RFC 7515, section 5.2.</summary>
    /// <param name="token">Three segments of base64url, in ASCII.</param>
    /// <param name="verifier">The key and the algorithm.</param>
    /// <param name="length">The length of every signature of this key, in bytes. Some providers throw on another length.</param>
    public static bool IsValid(byte[] token, SignatureProvider verifier, int length)
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
            // The platform cannot process these bytes as a signature, so they are not a valid signature.
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(signature);
        }
    }
}
