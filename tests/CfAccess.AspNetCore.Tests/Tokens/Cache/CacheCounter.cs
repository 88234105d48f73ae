using System.Diagnostics.Metrics;

namespace CfAccess.AspNetCore.Tests.Tokens.Cache;

/// <summary>What the metrics tell of the caches of one application.</summary>
internal sealed class CacheCounter : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _hits;
    private long _misses;
    private long _entries;

    public CacheCounter(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Name.StartsWith("cloudflare_access.token_cache.", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            _ = tags[0] is { Key: "result", Value: "hit" } ? Interlocked.Add(ref _hits, count) : Interlocked.Add(ref _misses, count);
        });
        _listener.SetMeasurementEventCallback<int>((_, count, _, _) => _entries = count);
        _listener.Start();
    }

    public long Hits => Interlocked.Read(ref _hits);

    public long Misses => Interlocked.Read(ref _misses);

    public long Entries
    {
        get
        {
            _listener.RecordObservableInstruments();
            return _entries;
        }
    }

    public void Dispose() => _listener.Dispose();
}
