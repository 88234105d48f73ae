namespace CfAccess.AspNetCore.Keys;

/// <summary>
/// When the next planned fetch is due, by the wall clock for those who ask and by a timer for an application that nobody asks. Called
/// under the refresher's lock, but for <see cref="IsDue"/> and <see cref="DueAt"/>.
/// </summary>
internal sealed class RefreshPlan(RefreshSchedule schedule, TimeProvider timeProvider, Action refresh) : IDisposable
{
    private const long Never = long.MaxValue;

    private readonly ITimer _timer = timeProvider.CreateTimer(
        static refresh => ((Action)refresh!)(), refresh, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private long _dueAt = Never;

    /// <summary>When the next planned fetch is due; nothing while it is in flight or before the first.</summary>
    public DateTimeOffset? DueAt => Volatile.Read(ref _dueAt) is var ticks && ticks != Never ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public bool IsDue(DateTimeOffset now) => now.UtcTicks >= Volatile.Read(ref _dueAt);

    /// <summary>The planned fetch is in flight; the next is planned when it ends.</summary>
    public void Begin() => Volatile.Write(ref _dueAt, Never);

    public void AfterSuccess(DateTimeOffset now) => Set(now, schedule.AfterSuccess());

    /// <summary>A fetch that a request caused puts nothing off: what is planned stays, if it is still to come.</summary>
    public void AfterFailure(DateTimeOffset now, KeyFetch fetch, bool hasTrustedSet)
    {
        if (fetch.IsPlanned || _dueAt == Never || IsDue(now))
        {
            Set(now, schedule.AfterFailure(hasTrustedSet));
        }
    }

    public void Set(DateTimeOffset now, TimeSpan delay)
    {
        Volatile.Write(ref _dueAt, (now + delay).UtcTicks);
        _timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();
}
