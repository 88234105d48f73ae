namespace CfAccess.EndToEnd.Tests.Docs.Snippets;

/// <summary>Has the members of the clock that the page about tests names.</summary>
internal sealed class StandInClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
