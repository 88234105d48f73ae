using CfAccess.AspNetCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.JwtBearer.Handling;

/// <summary>
/// Gives a handler of the application only tokens of other issuers. Its parameters may cover a team too, and would accept a token that CfAccess rejects.
/// </summary>
internal sealed class OtherTokenHandler(TokenHandler inner, TeamIssuers issuers) : TokenHandler
{
    public override Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters) =>
        issuers.IsOfTeam(token) == true
            ? Task.FromResult(AccessTokenHandler.Invalid(AccessFailureReason.UnknownIssuer))
            : inner.ValidateTokenAsync(token, validationParameters);

    public override Task<TokenValidationResult> ValidateTokenAsync(SecurityToken token, TokenValidationParameters validationParameters) =>
        token is JsonWebToken { EncodedToken: { Length: > 0 } encoded } && issuers.IsOfTeam(encoded) != true
            ? inner.ValidateTokenAsync(token, validationParameters)
            : Task.FromResult(AccessTokenHandler.Invalid(AccessFailureReason.UnknownIssuer));

    public override SecurityToken ReadToken(string token) => inner.ReadToken(token);
}
