using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore;

/// <summary>Context of <see cref="CloudflareAccessEvents.Challenge"/>.</summary>
/// <param name="context">The request.</param>
/// <param name="scheme">The scheme.</param>
/// <param name="options">The scheme's options.</param>
/// <param name="properties">The properties of the challenge.</param>
/// <param name="exception">Why the token was refused; nothing if there was none.</param>
public class CloudflareAccessChallengeContext(
    HttpContext context,
    AuthenticationScheme scheme,
    CloudflareAccessOptions options,
    AuthenticationProperties properties,
    CloudflareAccessFailureException? exception)
    : PropertiesContext<CloudflareAccessOptions>(context, scheme, options, properties)
{
    /// <summary>Why the token was refused; nothing if there was none.</summary>
    public CloudflareAccessFailureException? Exception { get; } = exception;

    /// <summary>Why the token was refused; nothing if there was none.</summary>
    public AccessFailureReason? Reason => Exception?.Reason;

    /// <summary>Whether the event has answered.</summary>
    public bool Handled { get; private set; }

    /// <summary>Tells that the event has answered, and that the scheme shall not.</summary>
    public void HandleResponse() => Handled = true;
}
