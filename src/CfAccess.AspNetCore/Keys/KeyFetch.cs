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

    /// <summary>The same fetch for those who come later, once those who waited so far have something to look at.</summary>
    public KeyFetch Renew() => new(IsPlanned, StartedAt);
}
