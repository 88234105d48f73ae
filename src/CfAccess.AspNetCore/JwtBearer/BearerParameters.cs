using CfAccess.AspNetCore.Tokens;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.JwtBearer;

/// <summary>The rules for tokens as parameters of Microsoft.IdentityModel.</summary>
internal static class BearerParameters
{
    /// <summary>A type that no member of a token has, so that none becomes a role.</summary>
    private const string RoleType = "cfaccess:role";

    public static TokenValidationParameters New(AccessKeyResolver resolver, IEnumerable<string> issuers, ClaimRules rules) => new()
    {
        IssuerSigningKeyResolver = (token, _, _, _) => resolver.Resolve(token),
        TryAllIssuerSigningKeys = false,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        RequireSignedTokens = true,
        ValidIssuers = issuers,
        RequireAudience = true,
        AudienceValidator = (audiences, token, _) => resolver.TeamOf(token.Issuer) is { } team && team.Accepts(audiences),
        RequireExpirationTime = true,
        LifetimeValidator = (notBefore, expires, _, _) => rules.CheckLifetime(TokenLifetime.Of(notBefore, expires)) is null,
        NameClaimTypeRetriever = (token, _) => NameTypeOf(token),
        RoleClaimType = RoleType,
    };

    private static string NameTypeOf(SecurityToken token) =>
        token is JsonWebToken jwt && jwt.TryGetPayloadValue(AccessClaimTypes.Email, out string email) && !string.IsNullOrEmpty(email)
            ? AccessClaimTypes.Email
            : AccessClaimTypes.CommonName;
}
