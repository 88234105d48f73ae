using Microsoft.Extensions.Caching.Distributed;

namespace CfAccess.AspNetCore.Tests.Sharing;

/// <summary>A cache that does something else first, as a test tells it to.</summary>
internal sealed class HookedCache(IDistributedCache cache) : IDistributedCache
{
    public Func<CancellationToken, Task> OnGet { get; set; } = _ => Task.CompletedTask;

    public Func<CancellationToken, Task> OnSet { get; set; } = _ => Task.CompletedTask;

    public DistributedCacheEntryOptions? LastOptions { get; private set; }

    /// <summary>Completed when something has been read.</summary>
    public TaskCompletionSource? Read { get; set; }

    /// <summary>Completed when something has been stored.</summary>
    public TaskCompletionSource? Stored { get; set; }

    /// <summary>Blocks the thread of the caller until the event, as a cache with a synchronous client does.</summary>
    public static Func<CancellationToken, Task> Blocking(ManualResetEventSlim until) => _ =>
    {
        until.Wait(CancellationToken.None);
        return Task.CompletedTask;
    };

    public byte[]? Get(string key) => throw new NotSupportedException();

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        await OnGet(token);
        var found = await cache.GetAsync(key, token);
        Read?.TrySetResult();
        return found;
    }

    public void Refresh(string key) => throw new NotSupportedException();

    public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

    public void Remove(string key) => throw new NotSupportedException();

    public Task RemoveAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

    public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        LastOptions = options;
        await OnSet(token);
        await cache.SetAsync(key, value, options, token);
        Stored?.TrySetResult();
    }
}
