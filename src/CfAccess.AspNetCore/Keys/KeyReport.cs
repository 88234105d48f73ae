namespace CfAccess.AspNetCore.Keys;

/// <summary>The state of one team's keys, for a health check.</summary>
internal sealed record KeyReport(
    KeyHealth Health, int Count, DateTimeOffset? RetrievedAt, TimeSpan? Age, string? LastFailure, DateTimeOffset? NextAttemptAt)
{
    /// <summary>A refresh comes with up to a tenth of jitter; older than that is late.</summary>
    private const double LatestRefresh = 1.1;

    public static KeyReport Of(KeyRefresher refresher, DateTimeOffset now, CloudflareAccessKeyOptions options)
    {
        var held = refresher.Held;
        var age = held is null ? (TimeSpan?)null : now - held.RetrievedAt;
        var health = refresher.Trusted(now) is null ? KeyHealth.Unavailable
            : refresher.LastFailure is not null || age > (options.RefreshInterval * LatestRefresh) + options.FetchTimeout ? KeyHealth.Stale
            : KeyHealth.Fresh;
        return new KeyReport(health, held?.Set.Count ?? 0, held?.RetrievedAt, age, refresher.LastFailure, refresher.NextRefreshAt);
    }
}
