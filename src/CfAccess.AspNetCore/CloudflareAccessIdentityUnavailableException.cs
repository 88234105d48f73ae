namespace CfAccess.AspNetCore;

/// <summary>Cloudflare did not tell who is behind a good token, and the application needs to know: the answer is 503.</summary>
/// <param name="retryAfter">The time to the next attempt.</param>
public sealed class CloudflareAccessIdentityUnavailableException(TimeSpan retryAfter)
    : CloudflareAccessFailureException(AccessFailureReason.IdentityUnavailable)
{
    /// <summary>The time to the next attempt; at least 1 second.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
