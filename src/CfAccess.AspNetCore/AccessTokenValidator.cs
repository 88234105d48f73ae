using CfAccess.AspNetCore.Claims;
using CfAccess.AspNetCore.Diagnostics;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Shared.AccessToken;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore;

/// <summary>The way of a token through a scheme, without a request.</summary>
internal sealed class AccessTokenValidator(
    AccessSchemes schemes, IEnumerable<SettingsName> names, AccessMetrics metrics, SafeLoggerFactory loggers)
    : ICloudflareAccessTokenValidator
{
    private readonly ILogger _logger = loggers.CreateLogger(LogCategories.Authentication);
    private readonly HashSet<string> _names = SettingsName.All(names);

    public ValueTask<AccessTokenResult> ValidateAsync(string? token, string scheme, CancellationToken cancellationToken)
    {
        SettingsName.Require(_names, scheme, nameof(scheme));
        return JudgeAsync(token ?? string.Empty, schemes.Get(scheme), cancellationToken);
    }

    private async ValueTask<AccessTokenResult> JudgeAsync(string token, TokenValidator validator, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var outcome = await validator.ValidateAsync(token, cancellationToken).ConfigureAwait(false);
        if (outcome.Succeeded)
        {
            var (caller, unavailable) = await LoadedCaller.OfAsync(outcome.Token, cancellationToken).ConfigureAwait(false);
            if (unavailable is null)
            {
                metrics.TokenAccepted(TokenSource.Application);
                _logger.TokenAccepted(TokenSource.Application.Word());
                return AccessTokenResult.Accepted(caller.Principal, outcome.Token.Lifetime.Expiration!.Value);
            }

            return Refuse(unavailable.Value);
        }

        return Refuse(outcome.Failure);
    }

    private AccessTokenResult Refuse(TokenFailure failure)
    {
        metrics.TokenRefused(TokenSource.Application, failure.Word);
        _logger.TokenRefused(TokenSource.Application.Word(), failure.Word);
        return AccessTokenResult.Refused(
            failure.Reason,
            failure.Reason is AccessFailureReason.KeysUnavailable or AccessFailureReason.IdentityUnavailable ? failure.RetryAfter : null);
    }
}
