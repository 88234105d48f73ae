namespace CfAccess.Benchmarks.Soak;

/// <summary>
/// When the key endpoint fails whatever it is asked: for seconds now and then, and, in a soak that is long enough, once for longer than
/// keys may be trusted.
/// </summary>
internal sealed class OutagePlan
{
    private static readonly TimeSpan Long = SoakTimings.MaximumStaleness + TimeSpan.FromSeconds(20);

    /// <summary>Longer than a short outage.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Random _random;
    private readonly (DateTimeOffset From, DateTimeOffset To)? _longOne;
    private (DateTimeOffset From, DateTimeOffset To) _next;

    public OutagePlan(Random random, DateTimeOffset start, TimeSpan length)
    {
        _random = random;
        _next = After(start);
        var from = start + (length / 2);
        _longOne = length > Long * 2.5 ? (from, from + Long) : null;
    }

    public int Count { get; private set; }

    /// <summary>Around the long outage keys stay, so that good tokens of known keys see the trust in them end.</summary>
    public bool HoldsRotation(DateTimeOffset now) => _longOne is { } one && now >= one.From - Calm && now < one.To;

    public bool IsOn(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (now >= _next.To)
            {
                Count++;
                _next = After(now);
            }

            return now >= _next.From || (_longOne is { } one && now >= one.From && now < one.To);
        }
    }

    public string Describe() =>
        $"{Count} short" + (_longOne is null ? ", none longer than the maximum staleness" : $", one of {Long.TotalSeconds:0} s");

    private (DateTimeOffset From, DateTimeOffset To) After(DateTimeOffset now)
    {
        var from = now + TimeSpan.FromSeconds(6 + (12 * _random.NextDouble()));
        return (from, from + TimeSpan.FromSeconds(1 + (4 * _random.NextDouble())));
    }
}
