using System.Diagnostics.Metrics;

namespace CfAccess.Testing;

/// <summary>Counts the key fetches that have ended, by the metric, and lets a test wait for them.</summary>
public sealed class FetchCounter : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Signal _ended = new();
    private readonly List<string> _outcomes = [];

    public FetchCounter(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Name == "cloudflare_access.keys.fetches")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            lock (_outcomes)
            {
                _outcomes.Add((string)tags[0].Value!);
            }

            _ended.Raise();
        });
        _listener.Start();
    }

    /// <summary>The outcome of every fetch so far.</summary>
    public IReadOnlyList<string> Outcomes
    {
        get
        {
            lock (_outcomes)
            {
                return [.. _outcomes];
            }
        }
    }

    public int Count => _ended.Count;

    /// <summary>Waits until so many fetches have ended, in all.</summary>
    public Task EndedAsync(int count) => _ended.ReachedAsync(count);

    public void Dispose() => _listener.Dispose();
}
