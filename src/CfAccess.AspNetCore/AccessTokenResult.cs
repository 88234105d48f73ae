using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using CfAccess.AspNetCore.Tokens;

namespace CfAccess.AspNetCore;

/// <summary>What <see cref="ICloudflareAccessTokenValidator"/> makes of a token: a caller, or a reason.</summary>
public sealed class AccessTokenResult
{
    private AccessTokenResult(ClaimsPrincipal? principal, DateTimeOffset? expiresUtc, AccessFailureReason? reason, TimeSpan? retryAfter) =>
        (Principal, ExpiresUtc, Reason, RetryAfter) = (principal, expiresUtc, reason, retryAfter);

    /// <summary>Whether the token was accepted.</summary>
    [MemberNotNullWhen(true, nameof(Principal), nameof(ExpiresUtc))]
    [MemberNotNullWhen(false, nameof(Reason), nameof(ReasonWord))]
    public bool Succeeded => Reason is null;

    /// <summary>
    /// The caller, as the scheme makes it for a request. Each result has its own: what is done to one, no other sees. Nothing where the token
    /// was refused.
    /// </summary>
    public ClaimsPrincipal? Principal { get; }

    /// <summary>
    /// The token's <c>exp</c>: whatever was opened for the caller has to end then, since a later call would refuse the token (after
    /// <see cref="CloudflareAccessOptions.ClockSkew"/>). Nothing where the token was refused.
    /// </summary>
    public DateTimeOffset? ExpiresUtc { get; }

    /// <summary>Why the token was refused; nothing where it was accepted.</summary>
    public AccessFailureReason? Reason { get; }

    /// <summary>The one word of <see cref="Reason"/>, as in logs and metrics, such as <c>wrong_audience</c>.</summary>
    public string? ReasonWord => Reason is { } reason ? FailureWords.Of(reason) : null;

    /// <summary>
    /// For <see cref="AccessFailureReason.KeysUnavailable"/> and <see cref="AccessFailureReason.IdentityUnavailable"/>, which are no verdict on the
    /// token: the time to the next attempt, at least 1 second. Otherwise nothing.
    /// </summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Makes a result of a token that was accepted; for tests of code that is given results.</summary>
    /// <param name="principal">The caller.</param>
    /// <param name="expiresUtc">The end of the token.</param>
    /// <returns>The result.</returns>
    public static AccessTokenResult Accepted(ClaimsPrincipal principal, DateTimeOffset expiresUtc)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return new(principal, expiresUtc, reason: null, retryAfter: null);
    }

    /// <summary>Makes a result of a token that was refused; for tests of code that is given results.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="retryAfter">The time to the next attempt, where the reason is no verdict on the token.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="reason"/> is none of the reasons.</exception>
    public static AccessTokenResult Refused(AccessFailureReason reason, TimeSpan? retryAfter = null)
    {
        _ = FailureWords.Of(reason);
        return new(principal: null, expiresUtc: null, reason, retryAfter);
    }

    /// <summary>Tells whether the token was accepted, and nothing that it held.</summary>
    /// <returns><c>accepted</c>, or the word of the reason.</returns>
    public override string ToString() => ReasonWord ?? "accepted";
}
