using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CfAccess.Testing;

/// <summary>What of an application's observers throws.</summary>
[Flags]
public enum BrokenObserver
{
    None = 0,
    ActivitySample = 1,
    ActivityStart = 2,
    ActivityStop = 4,
    Measurement = 8,
    Log = 16,
    LogLevel = 32,
    All = ActivitySample | ActivityStart | ActivityStop | Measurement | Log | LogLevel,
}

/// <summary>
/// A trace listener, a meter listener and a log sink of one host, each of which throws at what the library reports, as a test says. They count
/// how often they did.
/// </summary>
public sealed class BrokenObservers : ILoggerProvider, ILogger
{
    private readonly MeterListener _measurements = new();
    private readonly ActivityListener _activities = new();
    private int _thrown;

    /// <summary>What throws from now on.</summary>
    public BrokenObserver Broken { get; set; }

    /// <summary>How often something threw.</summary>
    public int Thrown => Volatile.Read(ref _thrown);

    /// <summary>
    /// Adds the log sink, which has to be there before the application is built. It is the first: a sink is asked whether it is enabled only if no
    /// earlier one is.
    /// </summary>
    public void AddTo(IServiceCollection services) => services.Insert(0, ServiceDescriptor.Singleton<ILoggerProvider>(_ => this));

    /// <summary>Listens to the meters and traces of an application.</summary>
    public void ListenTo(IServiceProvider services)
    {
        var meters = services.GetRequiredService<IMeterFactory>();
        _measurements.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Meter.Name.StartsWith("CfAccess", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _measurements.SetMeasurementEventCallback<long>((_, _, _, _) => ThrowIf(BrokenObserver.Measurement));
        _measurements.SetMeasurementEventCallback<double>((_, _, _, _) => ThrowIf(BrokenObserver.Measurement));
        _measurements.Start();

        var source = services.GetRequiredKeyedService<ActivitySource>("CfAccess");
        _activities.ShouldListenTo = one => one == source;
        _activities.Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
        {
            ThrowIf(BrokenObserver.ActivitySample);
            return ActivitySamplingResult.AllData;
        };
        _activities.ActivityStarted = _ => ThrowIf(BrokenObserver.ActivityStart);
        _activities.ActivityStopped = _ => ThrowIf(BrokenObserver.ActivityStop);
        ActivitySource.AddActivityListener(_activities);
    }

    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("CfAccess.", StringComparison.Ordinal) ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel)
    {
        ThrowIf(BrokenObserver.LogLevel);
        return true;
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        ThrowIf(BrokenObserver.Log);

    public void Dispose()
    {
        _measurements.Dispose();
        _activities.Dispose();
    }

    private void ThrowIf(BrokenObserver observer)
    {
        if (Broken.HasFlag(observer))
        {
            Interlocked.Increment(ref _thrown);
            throw new InvalidOperationException("The disk is full.");
        }
    }
}
