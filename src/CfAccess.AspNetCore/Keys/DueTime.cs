namespace CfAccess.AspNetCore.Keys;

/// <summary>
/// A time at which something is due: by the wall clock for requests, and by a timer for an application without requests. The timer measures elapsed time, so
/// it fires also after the wall clock was set back. It is set and cleared under the refresher's lock, and read without it.
/// </summary>
internal sealed class DueTime(TimeProvider timeProvider, Action onTimer) : IDisposable
{
    private const long Never = long.MaxValue;

    private readonly ITimer _timer = timeProvider.CreateTimer(
        static onTimer => ((Action)onTimer!)(), onTimer, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private long _ticks = Never;

    /// <summary>The time. Null if nothing is due.</summary>
    public DateTimeOffset? At => Volatile.Read(ref _ticks) is var ticks and not Never ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public bool IsDue(DateTimeOffset now) => now.UtcTicks >= Volatile.Read(ref _ticks);

    public void Set(DateTimeOffset now, TimeSpan delay)
    {
        Volatile.Write(ref _ticks, (now + delay).UtcTicks);
        _timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    public void Clear()
    {
        Volatile.Write(ref _ticks, Never);
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();
}
