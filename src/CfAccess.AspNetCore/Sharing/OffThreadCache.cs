using Microsoft.Extensions.Caching.Distributed;

namespace CfAccess.AspNetCore.Sharing;

/// <summary>
/// The application's distributed cache, called on another thread, because a cache may block its thread before it returns a task. One call starts at a time, so
/// that a cache that blocks holds one thread, however many calls are made. A call whose turn has not come is removed when it is canceled.
/// </summary>
internal sealed class OffThreadCache(IDistributedCache cache)
{
    /// <summary>The scheduler is for the start of a call only, and not for what follows in the cache or after it.</summary>
    private const TaskCreationOptions StartOnly =
        TaskCreationOptions.DenyChildAttach | TaskCreationOptions.HideScheduler | TaskCreationOptions.RunContinuationsAsynchronously;

    private readonly TaskScheduler _oneAtATime = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;

    /// <returns>The entry, or null if it is missing.</returns>
    public async Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        var call = await StartAsync(() => cache.GetAsync(key, cancellationToken), cancellationToken).ConfigureAwait(false);
        return await call.ConfigureAwait(false);
    }

    public async Task SetAsync(string key, byte[] entry, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var options = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = lifetime };
        var call = await StartAsync(() => cache.SetAsync(key, entry, options, cancellationToken), cancellationToken).ConfigureAwait(false);
        await call.ConfigureAwait(false);
    }

    private Task<TCall> StartAsync<TCall>(Func<TCall> call, CancellationToken cancellationToken)
        where TCall : Task => Task.Factory.StartNew(call, cancellationToken, StartOnly, _oneAtATime);
}
