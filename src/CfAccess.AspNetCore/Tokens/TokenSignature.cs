using CfAccess.Shared.Jwt;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>Verifies the signature of a token that passed the screen.</summary>
internal static class TokenSignature
{
    /// <summary>Verifies it with exactly this key and RS256. Source: RFC 7515, section 5.2; RFC 7518, section 3.3.</summary>
    public static bool IsBy(SecurityKey key, byte[] token)
    {
        var factory = key.CryptoProviderFactory;
        var verifier = factory.CreateForVerifying(key, SecurityAlgorithms.RsaSha256);
        try
        {
            return JwsSignature.IsValid(token, verifier, (key.KeySize + 7) / 8);
        }
        finally
        {
            factory.ReleaseSignatureProvider(verifier);
        }
    }
}
