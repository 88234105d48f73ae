namespace CfAccess.Benchmarks.Soak;

/// <summary>Latencies, to two parts in a hundred, in a memory that does not grow.</summary>
internal sealed class LatencyHistogram
{
    private const double Step = 1.02;
    private const int Buckets = 1_000;

    private readonly long[] _counts = new long[Buckets];

    public void Add(TimeSpan latency)
    {
        var bucket = Math.Log(Math.Max(1, latency.TotalMicroseconds), Step);
        _counts[Math.Min((int)bucket, Buckets - 1)]++;
    }

    public void Add(LatencyHistogram other)
    {
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            _counts[bucket] += other._counts[bucket];
        }
    }

    /// <returns>The latency that the given share of all stayed below.</returns>
    public TimeSpan Percentile(double share)
    {
        var left = (long)Math.Ceiling(_counts.Sum() * share);
        var bucket = 0;
        while (bucket < Buckets - 1 && (left -= _counts[bucket]) > 0)
        {
            bucket++;
        }

        return TimeSpan.FromMicroseconds(Math.Pow(Step, bucket + 1));
    }
}
