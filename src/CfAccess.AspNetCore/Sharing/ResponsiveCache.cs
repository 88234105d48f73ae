using Microsoft.Extensions.Caching.Distributed;

namespace CfAccess.AspNetCore.Sharing;

/// <summary>
/// The application's distributed cache, which may throw anything, hang, or block its thread. Each use takes at most the timeout. While a use is late, no other
/// one begins. A cache that blocks holds one thread.
/// </summary>
internal sealed class ResponsiveCache(IDistributedCache cache, TimeSpan timeout, TimeProvider timeProvider)
{
    private readonly OffThreadCache _cache = new(cache);
    private int _late;

    /// <returns>The entry, or null if it is missing; and what is wrong with the cache, or null if the cache works.</returns>
    /// <exception cref="OperationCanceledException">The caller ended the use.</exception>
    public async Task<(byte[]? Entry, CacheProblem? Problem)> GetAsync(string key, CancellationToken cancellationToken)
    {
        byte[]? entry = null;
        var problem = await TryAsync(
            async (cache, ended) => entry = await cache.GetAsync(key, ended).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return (problem is null ? entry : null, problem);
    }

    /// <returns>What is wrong with the cache, or null if the cache works.</returns>
    /// <exception cref="OperationCanceledException">The caller ended the use.</exception>
    public Task<CacheProblem?> SetAsync(string key, byte[] entry, TimeSpan lifetime, CancellationToken cancellationToken) =>
        TryAsync((cache, ended) => cache.SetAsync(key, entry, lifetime, ended), cancellationToken);

    /// <summary>Makes several calls of the cache within one timeout. They may go on in the background after that.</summary>
    /// <returns>What is wrong with the cache, or null if the cache works.</returns>
    /// <exception cref="OperationCanceledException">The caller ended the use.</exception>
    public async Task<CacheProblem?> TryAsync(Func<OffThreadCache, CancellationToken, Task> use, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _late) > 0)
        {
            return NoResponse();
        }

        using var ended = new CancellationTokenSource();
        var running = use(_cache, ended.Token);
        try
        {
            await running.WaitAsync(timeout, timeProvider, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            _ = CountLateAsync(running);
            return NoResponse();
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return new CacheProblem(
                $"the distributed cache failed ({exception.GetType().Name}). Check the application's IDistributedCache", exception);
        }
        finally
        {
            // What the application registered for the cancellation may throw.
            await ended.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CountLateAsync(Task running)
    {
        Interlocked.Increment(ref _late);
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Interlocked.Decrement(ref _late);
    }

    private CacheProblem NoResponse() =>
        new($"the distributed cache did not respond within {timeout.TotalSeconds:0.###} s. Check the application's IDistributedCache");
}
