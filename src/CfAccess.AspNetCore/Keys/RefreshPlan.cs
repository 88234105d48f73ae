namespace CfAccess.AspNetCore.Keys;

/// <summary>
/// When the next fetch starts that no request causes: the planned refresh, or the follow-up of a failed fetch that a request caused. Called under the
/// refresher's lock, except <see cref="IsDue"/> and <see cref="DueAt"/>.
/// </summary>
internal sealed class RefreshPlan(RefreshSchedule schedule, TimeProvider timeProvider, Action refresh, Action followUp) : IDisposable
{
    private readonly DueTime _planned = new(timeProvider, refresh);
    private readonly DueTime _followUp = new(timeProvider, followUp);

    /// <summary>When the next fetch is due. Null while a planned refresh is in flight, or before the first one.</summary>
    public DateTimeOffset? DueAt => _planned.At is { } planned && _followUp.At is { } followUp && followUp < planned ? followUp : _planned.At;

    public bool IsDue(DateTimeOffset now) => _planned.IsDue(now) || _followUp.IsDue(now);

    public bool IsFollowUpDue(DateTimeOffset now) => _followUp.IsDue(now);

    /// <summary>A fetch starts. Its end plans the next one.</summary>
    public void Begin(bool isPlanned) => (isPlanned ? _planned : _followUp).Clear();

    public void AfterSuccess(DateTimeOffset now)
    {
        _followUp.Clear();
        _planned.Set(now, schedule.AfterSuccess());
    }

    /// <summary>
    /// A fetch that a request caused does not delay the planned refresh. Nobody knows whether the key that the request wanted is published, so another fetch
    /// follows when the cool-down ends. What fell due while the fetch was in flight is planned again, because its timer has fired already.
    /// </summary>
    public void AfterFailure(DateTimeOffset now, KeyFetch fetch, bool hasTrustedSet, TimeSpan cooldown)
    {
        if (!fetch.IsPlanned || _followUp.IsDue(now))
        {
            _followUp.Set(now, cooldown);
        }

        if (fetch.IsPlanned || _planned.At is null || _planned.IsDue(now))
        {
            _planned.Set(now, schedule.AfterFailure(hasTrustedSet));
        }
    }

    /// <summary>Delays a fetch until the cool-down ends.</summary>
    public void Postpone(DateTimeOffset now, bool isPlanned, TimeSpan cooldown) => (isPlanned ? _planned : _followUp).Set(now, cooldown);

    public void Dispose()
    {
        _planned.Dispose();
        _followUp.Dispose();
    }
}
