namespace CfAccess.AspNetCore.Keys;

/// <summary>The least time between fetches that requests cause, and the key ids that were refused within it.</summary>
internal sealed class KeyCooldown(TimeSpan length)
{
    private readonly UnknownKids _refused = new();
    private DateTimeOffset? _startedAt;
    private volatile bool _hasBegun;

    /// <summary>Whether it may be running; at most too cautious. It alone may be asked without the lock.</summary>
    public bool HasBegun => _hasBegun;

    public void Start(DateTimeOffset now)
    {
        _startedAt = now;
        _hasBegun = true;
        _refused.Clear();
    }

    /// <summary>
    /// A fetch succeeded, so what was refused may be known now. Takes back what a planned fetch was charged: the next unknown key need not
    /// wait for what no request caused.
    /// </summary>
    public void Succeeded(KeyFetch fetch)
    {
        _refused.Clear();
        if (fetch.IsPlanned && _startedAt == fetch.StartedAt)
        {
            _startedAt = null;
            _hasBegun = false;
        }
    }

    /// <summary>What is left of it; zero once it is over, or where the clock was set back.</summary>
    public TimeSpan Remaining(DateTimeOffset now) =>
        _startedAt is { } start && now >= start && now - start < length ? start + length - now : TimeSpan.Zero;

    public bool IsRunning(DateTimeOffset now) => Remaining(now) > TimeSpan.Zero;

    public bool WasRefused(string kid, DateTimeOffset now) => IsRunning(now) && _refused.Contains(kid);

    public void Refused(string kid, DateTimeOffset now)
    {
        if (IsRunning(now))
        {
            _refused.Add(kid);
        }
    }
}
