using Microsoft.Extensions.Time.Testing;

namespace CfAccess.Testing;

/// <summary>
/// A <see cref="FakeTimeProvider"/> that always starts at the same time, and that reports its timers. Timers fire only while the clock
/// advances: a real timer never runs its callback inside the call that sets the timer, where the caller may hold a lock.
/// </summary>
public sealed class TestClock() : FakeTimeProvider(DefaultStart)
{
    public static readonly DateTimeOffset DefaultStart = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>How far the clock must advance to fire a timer that is due at once.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private int _firedTimers;

    /// <summary>Receives the due time of each new timer, so that a test can advance the clock when something waits for it.</summary>
    public Action<TimeSpan> OnTimer { get; set; } = _ => { };

    /// <summary>How often a timer has fired.</summary>
    public int FiredTimers => Volatile.Read(ref _firedTimers);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(FireAndCount, state, NotAtOnce(dueTime), period);
        OnTimer(dueTime);
        return new LateTimer(timer);

        void FireAndCount(object? value)
        {
            Interlocked.Increment(ref _firedTimers);
            callback(value);
        }
    }

    private static TimeSpan NotAtOnce(TimeSpan dueTime) => dueTime == TimeSpan.Zero ? Tick : dueTime;

    private sealed class LateTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(NotAtOnce(dueTime), period);

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
