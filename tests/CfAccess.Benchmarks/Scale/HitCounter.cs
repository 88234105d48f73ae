using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Benchmarks.Scale;

/// <summary>Counts what one host's cache found, by its metric.</summary>
internal sealed class HitCounter : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _hits;
    private long _all;

    public HitCounter(IServiceProvider services)
    {
        var meters = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Name == "cloudflare_access.token_cache.requests")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            Interlocked.Add(ref _all, count);
            Interlocked.Add(ref _hits, tags[0].Value is "hit" ? count : 0);
        });
        _listener.Start();
    }

    public (long Hits, long All) Share => (Interlocked.Read(ref _hits), Interlocked.Read(ref _all));

    public double ShareSince((long Hits, long All) before) => (Share.Hits - before.Hits) / (double)(Share.All - before.All);

    public void Dispose() => _listener.Dispose();
}
