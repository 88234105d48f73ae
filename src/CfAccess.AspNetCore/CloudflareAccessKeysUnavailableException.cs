namespace CfAccess.AspNetCore;

/// <summary>No trusted key set was to be had, so the token could not be judged: the answer is 503, not 401.</summary>
/// <param name="retryAfter">The time to the next attempt to fetch keys.</param>
public sealed class CloudflareAccessKeysUnavailableException(TimeSpan retryAfter)
    : CloudflareAccessFailureException(AccessFailureReason.KeysUnavailable)
{
    /// <summary>The time to the next attempt to fetch keys; at least 1 second.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
