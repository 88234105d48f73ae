using System.Runtime.CompilerServices;
using CfAccess.AspNetCore.Teams;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>
/// Checks the signature, and once more issuer, audience and lifetime, through <see cref="JsonWebTokenHandler"/>, always with one team's settings and exactly
/// one key.
/// </summary>
internal sealed class TokenVerifier(int maximumTokenLength, ClaimRules rules)
{
    private readonly JsonWebTokenHandler _handler = new()
    {
        MapInboundClaims = false,
        MaximumTokenSizeInBytes = maximumTokenLength,
    };

    /// <summary>What tokens of a key must be like; as long as the key itself.</summary>
    private readonly ConditionalWeakTable<SecurityKey, TokenValidationParameters> _parameters = [];

    /// <returns>The verified token, or the reason why it is none.</returns>
    public async ValueTask<(JsonWebToken? Token, AccessFailureReason Reason)> VerifyAsync(
        string token, TokenClaims claims, AccessTeam team, SecurityKey key)
    {
        var result = await _handler.ValidateTokenAsync(token, ParametersFor(team, key)).ConfigureAwait(false);
        return result.IsValid ? ((JsonWebToken)result.SecurityToken, default) : (null, ReasonFor(result.Exception, claims, team));
    }

    /// <summary>The claims were acceptable a moment ago, so it is the signature, or time has passed. Any other failure is one all the same.</summary>
    private AccessFailureReason ReasonFor(Exception exception, TokenClaims claims, AccessTeam team) =>
        exception is SecurityTokenInvalidSignatureException
            ? AccessFailureReason.BadSignature
            : rules.Check(claims, team) ?? AccessFailureReason.Malformed;

    private TokenValidationParameters ParametersFor(AccessTeam team, SecurityKey key) =>
        _parameters.TryGetValue(key, out var parameters) ? parameters : _parameters.GetOrAdd(key, NewParameters(team, key));

    /// <summary>A key is one team's, so the key tells the team.</summary>
    private TokenValidationParameters NewParameters(AccessTeam team, SecurityKey key) => new()
    {
        ValidIssuer = team.Issuer,
        ValidAudiences = team.Audiences,
        IgnoreTrailingSlashWhenValidatingAudience = false,
        IssuerSigningKey = key,
        TryAllIssuerSigningKeys = false,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        RequireAudience = true,
        LifetimeValidator = (notBefore, expires, _, _) => rules.CheckLifetime(TokenLifetime.Of(notBefore, expires)) is null,
    };
}
