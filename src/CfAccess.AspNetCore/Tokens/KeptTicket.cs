using Microsoft.AspNetCore.Authentication;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>A ticket that is kept with its token, no longer than what Cloudflare told for it counts.</summary>
internal sealed class KeptTicket(AuthenticationTicket ticket, DateTimeOffset? until)
{
    /// <returns>A copy, or nothing where it counts no more.</returns>
    public AuthenticationTicket? Copy(TimeProvider timeProvider) =>
        until is { } end && timeProvider.GetUtcNow() >= end ? null : ticket.Clone();
}
