using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore;

/// <summary>Context of <see cref="CloudflareAccessEvents.TokenValidated"/>: the principal is in <c>Principal</c>.</summary>
/// <param name="context">The request.</param>
/// <param name="scheme">The scheme.</param>
/// <param name="options">The scheme's options.</param>
public class CloudflareAccessTokenValidatedContext(HttpContext context, AuthenticationScheme scheme, CloudflareAccessOptions options)
    : ResultContext<CloudflareAccessOptions>(context, scheme, options);
