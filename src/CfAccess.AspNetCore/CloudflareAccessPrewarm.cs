namespace CfAccess.AspNetCore;

/// <summary>Whether signing keys are fetched when the application starts.</summary>
public enum CloudflareAccessPrewarm
{
    /// <summary>A fetch is begun at start, and nothing waits for it.</summary>
    Background = 0,

    /// <summary>The start waits for the keys of every team, and fails if they are not to be had.</summary>
    FailFast = 1,

    /// <summary>The first request that needs keys fetches them.</summary>
    Off = 2,
}
