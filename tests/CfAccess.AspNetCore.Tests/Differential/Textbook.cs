using System.IdentityModel.Tokens.Jwt;
using CfAccess.Testing;
using CfAccess.Testing.Properties;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Tests.Differential;

/// <summary>Both token handlers of Microsoft.IdentityModel, set up as the textbook says, on the manual clock.</summary>
internal static class Textbook
{
    private static readonly JwtSecurityTokenHandler Older = new();

    private static readonly JsonWebTokenHandler Newer = new();

    private static readonly TokenValidationParameters Parameters = new()
    {
        ValidIssuer = TestTeam.Issuer,
        ValidAudience = TestTeam.Audience,
        IssuerSigningKeys = [KeyOf(FixedKeys.Previous), KeyOf(FixedKeys.Current)],
        ClockSkew = Values.Skew,
        LifetimeValidator = IsCurrent,
    };

    public static bool OlderAccepts(string token)
    {
        try
        {
            Older.ValidateToken(token, Parameters, out _);
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever it throws, it does not accept.
            return false;
        }
    }

    public static async Task<bool> NewerAcceptsAsync(string token) => (await Newer.ValidateTokenAsync(token, Parameters)).IsValid;

    private static RsaSecurityKey KeyOf(TestKey key) => new(key.Rsa.ExportParameters(includePrivateParameters: false)) { KeyId = key.Kid };

    /// <summary>What the handlers do by themselves, where their clock is the machine's.</summary>
    private static bool IsCurrent(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = TestClock.DefaultStart.UtcDateTime;
        return expires is not null
            && !(notBefore > expires)
            && !(notBefore > now + parameters.ClockSkew)
            && !(expires < now - parameters.ClockSkew);
    }
}
