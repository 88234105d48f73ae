namespace CfAccess.Testing;

/// <summary>Counts what happens, and lets a test wait for it without sleeping.</summary>
public sealed class Signal
{
    private readonly Lock _gate = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];
    private int _count;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    public void Raise()
    {
        lock (_gate)
        {
            _count++;
            foreach (var (_, reached) in _waiters.Where(waiter => waiter.Count <= _count))
            {
                reached.TrySetResult();
            }
        }
    }

    /// <summary>Waits until it has been raised so often, in all; <see cref="TestDeadline"/> ends a wait in vain.</summary>
    public Task ReachedAsync(int count)
    {
        lock (_gate)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_count >= count)
            {
                reached.SetResult();
            }

            _waiters.Add((count, reached));
            return reached.Task.WithDeadlineAsync();
        }
    }
}
