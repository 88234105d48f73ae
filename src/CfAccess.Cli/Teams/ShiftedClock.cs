namespace CfAccess.Cli.Teams;

/// <summary>A clock that runs on from another time: for <c>--at</c>.</summary>
internal sealed class ShiftedClock(TimeProvider clock, DateTimeOffset start) : TimeProvider
{
    private readonly TimeSpan _shift = start - clock.GetUtcNow();

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + _shift;

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);
}
