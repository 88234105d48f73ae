using System.Security.Claims;
using CfAccess.AspNetCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.JwtBearer.Handling;

/// <summary>
/// Validates tokens with <see cref="ICloudflareAccessTokenValidator"/>. It ignores the <see cref="TokenValidationParameters"/> of the scheme, so none of
/// them can weaken a rule.
/// </summary>
internal sealed class AccessTokenHandler(
    ICloudflareAccessTokenValidator validator, TeamIssuers issuers, CloudflareAccessJwtBearerOptions options) : TokenHandler
{
    public static TokenValidationResult Invalid(AccessFailureReason reason) => Invalid(new CloudflareAccessFailureException(reason));

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        // A token of another issuer belongs to another handler. It is no rejected token of Access, so it must not appear as one in logs and metrics.
        if (options.KeepOtherTokenHandlers && issuers.IsOfTeam(token) == false)
        {
            return Invalid(AccessFailureReason.UnknownIssuer);
        }

        // JwtBearer passes no cancellation. The validator bounds the wait.
        var result = await validator.ValidateAsync(token, options.Settings, CancellationToken.None).ConfigureAwait(false);
        return result.Succeeded
            ? new TokenValidationResult
            {
                IsValid = true,
                ClaimsIdentity = (ClaimsIdentity)result.Principal.Identity!,
                SecurityToken = new JsonWebToken(token),
            }
            : Invalid(ToException(result));
    }

    public override Task<TokenValidationResult> ValidateTokenAsync(SecurityToken token, TokenValidationParameters validationParameters) =>
        ValidateTokenAsync((token as JsonWebToken)?.EncodedToken ?? string.Empty, validationParameters);

    public override SecurityToken ReadToken(string token) => new JsonWebToken(token);

    private static TokenValidationResult Invalid(CloudflareAccessFailureException exception) => new() { IsValid = false, Exception = exception };

    private static CloudflareAccessFailureException ToException(AccessTokenResult result) => (result.Reason, result.RetryAfter) switch
    {
        (AccessFailureReason.KeysUnavailable, { } retryAfter) => new CloudflareAccessKeysUnavailableException(retryAfter),
        (AccessFailureReason.IdentityUnavailable, { } retryAfter) => new CloudflareAccessIdentityUnavailableException(retryAfter),
        _ => new CloudflareAccessFailureException(result.Reason!.Value),
    };
}
