using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore;

/// <summary>Context of <see cref="CloudflareAccessEvents.Forbidden"/>.</summary>
/// <param name="context">The request.</param>
/// <param name="scheme">The scheme.</param>
/// <param name="options">The scheme's options.</param>
/// <param name="properties">The properties of the refusal.</param>
/// <param name="exception">What was not to be had, where the answer is 503; nothing where it is 403.</param>
public class CloudflareAccessForbiddenContext(
    HttpContext context,
    AuthenticationScheme scheme,
    CloudflareAccessOptions options,
    AuthenticationProperties properties,
    CloudflareAccessIdentityUnavailableException? exception = null)
    : PropertiesContext<CloudflareAccessOptions>(context, scheme, options, properties)
{
    /// <summary>What was not to be had, where the answer is 503; nothing where it is 403.</summary>
    public CloudflareAccessIdentityUnavailableException? Exception { get; } = exception;
}
