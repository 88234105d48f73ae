namespace CfAccess.Benchmarks.Soak;

/// <summary>The timings of the scheme under test, short enough that each runs out many times, and what follows from them.</summary>
internal static class SoakTimings
{
    public static readonly TimeSpan Cooldown = TimeSpan.FromMilliseconds(200);
    public static readonly TimeSpan FetchTimeout = TimeSpan.FromMilliseconds(500);
    public static readonly TimeSpan WaitBudget = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan RefreshInterval = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan MaximumStaleness = TimeSpan.FromSeconds(90);
    public static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);
    public static readonly TimeSpan MaximumRetryDelay = TimeSpan.FromSeconds(2);

    /// <summary>From then on a published key is owed to whoever brings a token of it.</summary>
    public static readonly TimeSpan Owed = Cooldown + FetchTimeout;

    /// <summary>What a busy machine may let pass between the last byte of an answer and the requests that see its keys.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(500);

    /// <summary>From the end of a fetch as the ledger sees it until nobody joins it any more.</summary>
    public static readonly TimeSpan HandOver = TimeSpan.FromMilliseconds(50);

    /// <summary>A whole answer read later than this may have come too late for the scheme's own time-out, or not.</summary>
    public static readonly TimeSpan SurelyInTime = FetchTimeout / 2;
}
