using CfAccess.Testing;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace CfAccess.AspNetCore.Tests.Tokens.Cache;

/// <summary>Reads the metrics of the token caches of one application.</summary>
internal sealed class CacheCounter(IServiceProvider services) : IDisposable
{
    private readonly MetricCollector<long> _requests = services.CollectMeasurements<long>("cloudflare_access.token_cache.requests");
    private readonly MetricCollector<int> _entries = services.CollectMeasurements<int>("cloudflare_access.token_cache.entries");

    public long Hits => Count("hit");

    public long Misses => Count("miss");

    public long Entries
    {
        get
        {
            _entries.RecordObservableInstruments();
            return _entries.LastMeasurement?.Value ?? 0;
        }
    }

    public void Dispose()
    {
        _requests.Dispose();
        _entries.Dispose();
    }

    private long Count(string result) => _requests.GetMeasurementSnapshot().Where(one => result.Equals(one.Tags["result"])).Sum(one => one.Value);
}
