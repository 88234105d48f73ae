namespace CfAccess.AspNetCore.Keys;

/// <summary>A key set in use, with the time at which it was asked for. Immutable.</summary>
internal sealed record HeldKeys(KeySet Set, DateTimeOffset RetrievedAt)
{
    /// <summary>A clock that was set back does not end the trust in keys.</summary>
    public bool IsTrusted(DateTimeOffset now, TimeSpan maximumStaleness) => now - RetrievedAt < maximumStaleness;
}
