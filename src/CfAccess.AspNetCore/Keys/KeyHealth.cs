namespace CfAccess.AspNetCore.Keys;

/// <summary>How good one team's keys are.</summary>
internal enum KeyHealth
{
    /// <summary>As young as they should be.</summary>
    Fresh,

    /// <summary>Trusted, but the last refresh failed or is late.</summary>
    Stale,

    /// <summary>None, or too old: requests are answered 503.</summary>
    Unavailable,
}
