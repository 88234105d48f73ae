using Microsoft.Extensions.Caching.Distributed;

namespace CfAccess.AspNetCore.Sharing;

/// <summary>
/// The application's distributed cache, which may throw anything, hang, or block its thread. A call costs at most the timeout, and as long as a call is stuck, no
/// other one is made.
/// </summary>
internal sealed class ResponsiveCache(IDistributedCache cache, TimeSpan timeout, TimeProvider timeProvider)
{
    private Task? _stuck;

    /// <returns>The entry, or null if it is missing; and what is wrong with the cache, or null if nothing is.</returns>
    /// <exception cref="OperationCanceledException">The application ends.</exception>
    public async Task<(byte[]? Entry, string? Problem)> GetAsync(string key, CancellationToken cancellationToken)
    {
        byte[]? entry = null;
        var problem = await TryAsync(
            async ended => entry = await cache.GetAsync(key, ended).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return (problem is null ? entry : null, problem);
    }

    /// <returns>What is wrong with the cache, or null if nothing is.</returns>
    /// <exception cref="OperationCanceledException">The application ends.</exception>
    public Task<string?> SetAsync(string key, byte[] entry, TimeSpan lifetime, CancellationToken cancellationToken) => TryAsync(
        ended => cache.SetAsync(key, entry, new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = lifetime }, ended), cancellationToken);

    private async Task<string?> TryAsync(Func<CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _stuck) is { IsCompleted: false })
        {
            return NoResponse();
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var token = ended.Token;

        // On another thread, because a cache may block before it returns a task.
        var running = Task.Run(() => call(token), CancellationToken.None);
        try
        {
            await running.WaitAsync(timeout, timeProvider, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            // Kept first: what the application registered for the cancellation may throw.
            Volatile.Write(ref _stuck, running);
            await ended.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return NoResponse();
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return $"the distributed cache failed ({exception.GetType().Name}). Check the application's IDistributedCache";
        }
    }

    private string NoResponse() =>
        $"the distributed cache did not respond within {timeout.TotalSeconds:0.###} s. Check the application's IDistributedCache";
}
