using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace CfAccess.Testing;

/// <summary>Reads the metrics of key fetches, and lets a test wait until a fetch has ended.</summary>
public sealed class FetchCounter(IServiceProvider services) : IDisposable
{
    private readonly MetricCollector<long> _ended = services.CollectMeasurements<long>("cloudflare_access.keys.fetches");
    private readonly MetricCollector<long> _suppressed = services.CollectMeasurements<long>("cloudflare_access.keys.refreshes.suppressed");

    /// <summary>The outcome of every fetch so far.</summary>
    public IReadOnlyList<string> Outcomes => [.. _ended.GetMeasurementSnapshot().Select(fetch => (string)fetch.Tags["outcome"]!)];

    /// <summary>The number of fetches that have ended.</summary>
    public int Count => _ended.GetMeasurementSnapshot().Count;

    /// <summary>The number of fetches that an unknown key did not cause, because the keys had just been fetched.</summary>
    public long SuppressedCount => _suppressed.GetMeasurementSnapshot().Sum(one => one.Value);

    /// <summary>Waits until <paramref name="count"/> fetches have ended since the start of the host.</summary>
    public Task EndedAsync(int count) => _ended.WaitForMeasurementsAsync(count).WithDeadlineAsync();

    public void Dispose()
    {
        _ended.Dispose();
        _suppressed.Dispose();
    }
}
