namespace CfAccess.AspNetCore.Keys;

/// <summary>A fetch in flight, shared by all who wait for it.</summary>
internal sealed class KeyFetch(bool isPlanned, DateTimeOffset startedAt)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether time caused it; else a request did.</summary>
    public bool IsPlanned { get; } = isPlanned;

    public DateTimeOffset StartedAt { get; } = startedAt;

    public Task Done => _done.Task;

    public void Complete() => _done.SetResult();

    /// <summary>Whether those who waited were given something to look at before the fetch ended.</summary>
    public bool IsRenewed { get; private set; }

    /// <summary>The same fetch, for those who come later or found nothing yet.</summary>
    public KeyFetch Renew()
    {
        IsRenewed = true;
        return new KeyFetch(IsPlanned, StartedAt);
    }
}
