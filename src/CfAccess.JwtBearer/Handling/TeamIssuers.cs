using CfAccess.AspNetCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.JwtBearer.Handling;

/// <summary>Decides by the unverified issuer which handler a token belongs to.</summary>
internal sealed class TeamIssuers(ICloudflareAccessSigningKeys keys, string settings)
{
    private readonly HashSet<string> _issuers = new(keys.GetIssuers(settings), StringComparer.Ordinal);

    /// <summary>Whether the issuer is a team. Null if the token cannot be read: no handler can accept such a token.</summary>
    public bool? IsOfTeam(string token)
    {
        try
        {
            return _issuers.Contains(new JsonWebToken(token).Issuer);
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }
}
