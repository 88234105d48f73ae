namespace CfAccess.Emulator.Shield;

/// <summary>The identity of what is made, and the time.</summary>
internal sealed class ShieldStamp(TimeProvider clock)
{
    /// <summary>As exact as it is written, so that it is the same after a restart.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = clock.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        }
    }

    public static string NewId() => Guid.NewGuid().ToString();
}
