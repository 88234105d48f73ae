namespace CfAccess.AspNetCore.Identity;

/// <summary>What is known of the caller behind a token: an identity, or that there is none to be had for now.</summary>
internal sealed class IdentityLookup(AccessIdentity? identity, DateTimeOffset since, DateTimeOffset until)
{
    private static readonly TimeSpan ShortestRetry = TimeSpan.FromSeconds(1);

    public AccessIdentity? Identity { get; } = identity;

    public DateTimeOffset Since { get; } = since;

    /// <summary>When this counts no more.</summary>
    public DateTimeOffset Until { get; } = until;

    /// <summary>Whether this counts still; not where the clock was set back.</summary>
    public bool Counts(DateTimeOffset now) => now >= Since && now < Until;

    /// <summary>The time to the next attempt.</summary>
    public TimeSpan RetryAfter(DateTimeOffset now)
    {
        var left = Until - now;
        return left > ShortestRetry ? left : ShortestRetry;
    }
}
