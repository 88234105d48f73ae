namespace CfAccess.Testing;

/// <summary>
/// The safety net of tests on real time: what would hang for ever fails instead. The deadline is far above what a loaded machine needs, so no result depends
/// on it.
/// </summary>
public static class TestDeadline
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    /// <exception cref="TimeoutException">The task is not completed at the deadline.</exception>
    public static Task WithDeadlineAsync(this Task task) => task.WaitAsync(Length, TimeProvider.System);

    /// <inheritdoc cref="WithDeadlineAsync(Task)"/>
    public static Task<T> WithDeadlineAsync<T>(this Task<T> task) => task.WaitAsync(Length, TimeProvider.System);

    /// <summary>Evaluates a condition until it is true. For what happens soon and cannot be awaited.</summary>
    /// <exception cref="TimeoutException">The condition is false at the deadline.</exception>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition().WithDeadlineAsync())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Length)
            {
                throw new TimeoutException($"The condition is still false after {Length.TotalSeconds} s.");
            }

            await Task.Yield();
        }
    }
}
