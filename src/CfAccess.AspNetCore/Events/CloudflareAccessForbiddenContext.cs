using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore;

/// <summary>Context of <see cref="CloudflareAccessEvents.Forbidden"/>.</summary>
/// <param name="context">The request.</param>
/// <param name="scheme">The scheme.</param>
/// <param name="options">The scheme's options.</param>
/// <param name="properties">The properties of the refusal.</param>
public class CloudflareAccessForbiddenContext(
    HttpContext context, AuthenticationScheme scheme, CloudflareAccessOptions options, AuthenticationProperties properties)
    : PropertiesContext<CloudflareAccessOptions>(context, scheme, options, properties);
