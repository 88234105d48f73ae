using System.Security.Claims;
using CfAccess.AspNetCore;
using CfAccess.AspNetCore.Claims;
using CfAccess.AspNetCore.Connections;

namespace Microsoft.AspNetCore.Http;

/// <summary>Reads who is calling, and until when.</summary>
public static class AccessHttpContextExtensions
{
    /// <summary>
    /// Asks Cloudflare who the caller in <see cref="HttpContext.User"/> is (get-identity), or remembers what it told within
    /// <see cref="CloudflareAccessIdentityOptions.CacheDuration"/>. While a request is authenticated there is no such caller yet: an event
    /// asks by its own principal.
    /// </summary>
    /// <param name="context">The request; the waiting ends with it.</param>
    /// <returns>
    /// The identity. <see langword="null"/> if Access did not authenticate a person with an email address, or if the identity is unavailable and
    /// <see cref="CloudflareAccessIdentityOptions.Required"/> is off.
    /// </returns>
    /// <exception cref="CloudflareAccessIdentityUnavailableException">The identity is required and not to be had.</exception>
    /// <exception cref="OperationCanceledException">The caller went away.</exception>
    public static Task<AccessIdentity?> GetAccessIdentityAsync(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.User.GetAccessIdentityAsync(context.RequestAborted);
    }

    /// <summary>
    /// Gets the time to the next attempt, if a requirement failed only because Cloudflare did not respond with the identity of the caller. The response of the
    /// scheme is then 503 instead of 403; a scheme of your own over the same callers can do the same.
    /// </summary>
    /// <param name="context">The current request, after authorization.</param>
    /// <returns>At least 1 second. Null if the identity is not the reason, or nothing failed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    public static TimeSpan? GetAccessIdentityRetryAfter(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return AccessClaimsIdentity.MissingOf(context.User)?.RetryAfter;
    }

    /// <summary>
    /// Gets a token that is cancelled once the caller in <see cref="HttpContext.User"/> would be refused: at the <c>exp</c> of the very token that
    /// was validated in this request, plus <see cref="CloudflareAccessOptions.ClockSkew"/>, on the clock of the scheme that validated it. An
    /// earlier <c>ExpiresUtc</c> that the application gave the ticket, or that of another scheme in the same policy, counts as it stands. It is
    /// cancelled too when the caller goes away (<see cref="HttpContext.RequestAborted"/>) and when the request is over, so nothing outlives it.
    /// <para>
    /// For what lasts: a WebSocket, server-sent events, a long download. Nothing else ends them, since a token is looked at when a request begins.
    /// In a SignalR hub set <c>CloseOnAuthenticationExpiration</c> in its place, and use <c>Context.ConnectionAborted</c>.
    /// </para>
    /// </summary>
    /// <param name="context">The request.</param>
    /// <returns>The cancellation token; the same for each call while the caller is the same. Cancelled already, where the end has passed.</returns>
    /// <exception cref="InvalidOperationException">
    /// Cloudflare Access authenticated nobody in this request, or several schemes found different callers: nothing would ever end what waits for it.
    /// </exception>
    public static CancellationToken GetAccessExpirationToken(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ExpirationWatch.Of(context).Token;
    }
}
