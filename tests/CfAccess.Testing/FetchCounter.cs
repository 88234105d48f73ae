using System.Diagnostics.Metrics;

namespace CfAccess.Testing;

/// <summary>Counts the key fetches that have ended and those that were saved, by the metrics, and lets a test wait for the former.</summary>
public sealed class FetchCounter : IDisposable
{
    private const string Fetches = "cloudflare_access.keys.fetches";
    private const string Suppressed = "cloudflare_access.keys.refreshes.suppressed";

    private readonly MeterListener _listener = new();
    private readonly Signal _ended = new();
    private readonly List<string> _outcomes = [];
    private long _suppressed;

    public FetchCounter(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Name is Fetches or Suppressed)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) =>
        {
            if (instrument.Name == Suppressed)
            {
                Interlocked.Add(ref _suppressed, count);
                return;
            }

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

    /// <summary>The fetches that unknown keys did not cause, since one was just made.</summary>
    public long SuppressedCount => Interlocked.Read(ref _suppressed);

    /// <summary>Waits until so many fetches have ended, in all.</summary>
    public Task EndedAsync(int count) => _ended.ReachedAsync(count);

    public void Dispose() => _listener.Dispose();
}
