using System.Security.Claims;
using CfAccess.AspNetCore;

namespace Microsoft.AspNetCore.Http;

/// <summary>Reads who is calling.</summary>
public static class AccessHttpContextExtensions
{
    /// <summary>
    /// Asks Cloudflare who the caller in <see cref="HttpContext.User"/> is (get-identity), or remembers what it told within
    /// <see cref="CloudflareAccessIdentityOptions.CacheDuration"/>. While a request is authenticated there is no such caller yet: an event
    /// asks by its own principal.
    /// </summary>
    /// <param name="context">The request; the waiting ends with it.</param>
    /// <returns>
    /// The identity; nothing where the caller is no person whom Access authenticated, or where the identity is not to be had and
    /// <see cref="CloudflareAccessIdentityOptions.Required"/> is off.
    /// </returns>
    /// <exception cref="CloudflareAccessIdentityUnavailableException">The identity is required and not to be had.</exception>
    /// <exception cref="OperationCanceledException">The caller went away.</exception>
    public static Task<AccessIdentity?> GetAccessIdentityAsync(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.User.GetAccessIdentityAsync(context.RequestAborted);
    }
}
