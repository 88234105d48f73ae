namespace CfAccess.AspNetCore.Keys;

/// <summary>When the next planned fetch is due, with jitter so that instances do not move in step.</summary>
internal sealed class RefreshSchedule(CloudflareAccessKeyOptions options)
{
    private const double Jitter = 0.1;

    private int _failures;

    public TimeSpan AfterSuccess()
    {
        _failures = 0;
        return WithJitter(options.RefreshInterval);
    }

    /// <summary>Doubles with each failure; without a trusted set there is nothing to spare, and every cool-down is used.</summary>
    public TimeSpan AfterFailure(bool hasTrustedSet)
    {
        // Bounded before it is multiplied: the longest retry delays, doubled for long enough, are no TimeSpan.
        var factor = Math.Min(Math.Pow(2, _failures++), options.MaximumRetryDelay / options.RetryDelay);
        if (!hasTrustedSet)
        {
            return options.Cooldown;
        }

        var delay = WithJitter(options.RetryDelay * factor);
        return delay < options.MaximumRetryDelay ? delay : options.MaximumRetryDelay;
    }

    private static TimeSpan WithJitter(TimeSpan delay) => delay * (1 - Jitter + (2 * Jitter * Random.Shared.NextDouble()));
}
