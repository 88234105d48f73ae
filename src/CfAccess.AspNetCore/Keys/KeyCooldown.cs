namespace CfAccess.AspNetCore.Keys;

/// <summary>The least time between fetches that requests cause.</summary>
internal sealed class KeyCooldown(TimeSpan length)
{
    private DateTimeOffset? _startedAt;

    public void Start(DateTimeOffset now) => _startedAt = now;

    /// <summary>Takes back what a planned fetch was charged: the next unknown key need not wait for what no request caused.</summary>
    public void Refund(KeyFetch fetch)
    {
        if (fetch.IsPlanned && _startedAt == fetch.StartedAt)
        {
            _startedAt = null;
        }
    }

    /// <summary>What is left of it; zero once it is over, or where the clock was set back.</summary>
    public TimeSpan Remaining(DateTimeOffset now) =>
        _startedAt is { } start && now >= start && now - start < length ? start + length - now : TimeSpan.Zero;

    public bool IsRunning(DateTimeOffset now) => Remaining(now) > TimeSpan.Zero;
}
