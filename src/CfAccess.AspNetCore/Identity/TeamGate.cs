namespace CfAccess.AspNetCore.Identity;

/// <summary>
/// Spares a team that does not answer: after a few failures in a row there are no calls for a while, and then one at a time until one
/// succeeds.
/// </summary>
internal sealed class TeamGate(TimeSpan cooldown)
{
    /// <summary>A single broken connection is no outage.</summary>
    public const int FailuresInRow = 3;

    private readonly Lock _gate = new();
    private int _failures;
    private DateTimeOffset _closedAt;
    private bool _isTrying;

    /// <returns>Nothing where a call may be made, whose end must be told; else the time to the next attempt.</returns>
    public TimeSpan? TryEnter(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_failures < FailuresInRow)
            {
                return null;
            }

            // A clock that was set back closes nothing.
            var isClosed = now >= _closedAt && now - _closedAt < cooldown;
            if (isClosed || _isTrying)
            {
                return isClosed ? _closedAt + cooldown - now : TimeSpan.Zero;
            }

            _isTrying = true;
            return null;
        }
    }

    public void Ended(bool hasFailed, DateTimeOffset now)
    {
        lock (_gate)
        {
            _isTrying = false;
            _failures = hasFailed ? Math.Min(_failures + 1, FailuresInRow) : 0;
            _closedAt = now;
        }
    }
}
