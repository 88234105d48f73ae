using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore;

/// <summary>Context of <see cref="CloudflareAccessEvents.AuthenticationFailed"/>.</summary>
/// <param name="context">The request.</param>
/// <param name="scheme">The scheme.</param>
/// <param name="options">The scheme's options.</param>
/// <param name="exception">Why the token was refused.</param>
public class CloudflareAccessAuthenticationFailedContext(
    HttpContext context, AuthenticationScheme scheme, CloudflareAccessOptions options, CloudflareAccessFailureException exception)
    : ResultContext<CloudflareAccessOptions>(context, scheme, options)
{
    /// <summary>
    /// Why the token was refused; a <see cref="CloudflareAccessKeysUnavailableException"/> where it could not be judged, a
    /// <see cref="CloudflareAccessIdentityUnavailableException"/> where it is good and the caller's identity is not to be had.
    /// </summary>
    public CloudflareAccessFailureException Exception { get; } = exception;

    /// <summary>Why the token was refused.</summary>
    public AccessFailureReason Reason => Exception.Reason;
}
