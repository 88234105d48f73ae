using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CfAccess.Testing.Leaks;

/// <summary>
/// Watches all that one host logs, measures and traces, and fails its disposal, and so its test, where a token, an e-mail address, a
/// secret, a claim's value or a raw <c>kid</c> was told.
/// </summary>
public sealed class SecretWatch : IDisposable
{
    private readonly MeterListener _measurements = new();
    private readonly ActivityListener _activities = new();

    internal SecretWatch(LogCollector log, IMeterFactory? meters, ActivitySource? activities)
    {
        Log = log;
        _measurements.InstrumentPublished = (instrument, listener) =>
        {
            if (meters is not null && instrument.Meter.Scope == meters && instrument.Meter.Name.StartsWith("CfAccess", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _measurements.SetMeasurementEventCallback<int>(Look);
        _measurements.SetMeasurementEventCallback<long>(Look);
        _measurements.SetMeasurementEventCallback<double>(Look);
        _measurements.Start();

        _activities.ShouldListenTo = source => source == activities;
        _activities.Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData;
        _activities.ActivityStopped = Look;
        ActivitySource.AddActivityListener(_activities);
    }

    public LogCollector Log { get; }

    /// <exception cref="SecretLeakException">Something was told that may not be.</exception>
    public void Dispose()
    {
        _measurements.RecordObservableInstruments();
        _measurements.Dispose();
        _activities.Dispose();
        var leaks = Log.Leaks.Found.Distinct().Take(10).ToList();
        if (leaks.Count > 0)
        {
            throw new SecretLeakException(string.Join('\n', leaks));
        }
    }

    private void Look<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        foreach (var tag in tags)
        {
            Log.Leaks.Look(instrument.Name, tag.Value);
        }
    }

    private void Look(Activity activity)
    {
        Log.Leaks.Look(activity.OperationName, activity.DisplayName);
        Log.Leaks.Look(activity.OperationName, activity.StatusDescription);
        LookAt(activity.TagObjects);
        foreach (var happening in activity.Events)
        {
            Log.Leaks.Look(activity.OperationName, happening.Name);
            LookAt(happening.Tags);
        }

        void LookAt(IEnumerable<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
            {
                Log.Leaks.Look(activity.OperationName, tag.Value);
            }
        }
    }
}
