using CfAccess.AspNetCore.Sharing;
using CfAccess.Testing;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Tests.Sharing;

/// <summary>A cache that blocks its thread before it returns a task must not take the threads of the application.</summary>
public sealed class BlockingCacheTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private readonly TestClock _clock = new();
    private readonly ManualResetEventSlim _blocked = new();
    private readonly Signal _calls = new();
    private readonly Signal _timers = new();
    private readonly HookedCache _hooked = new(new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions())));
    private readonly ResponsiveCache _cache;

    public BlockingCacheTests()
    {
        _cache = new ResponsiveCache(_hooked, Timeout, _clock);
        _clock.OnTimer = _ => _timers.Raise();
        var block = HookedCache.Blocking(_blocked);
        _hooked.OnGet = ended =>
        {
            _calls.Raise();
            return block(ended);
        };
    }

    public void Dispose()
    {
        _blocked.Set();
        _blocked.Dispose();
    }

    [Fact]
    public async Task Many_reads_at_once_hold_one_thread_of_a_cache_that_blocks()
    {
        var reads = Enumerable.Range(0, 20).Select(_ => _cache.GetAsync("key", CancellationToken.None)).ToList();
        await _calls.ReachedAsync(1);
        await _timers.ReachedAsync(reads.Count);
        _clock.Advance(Timeout);

        foreach (var (entry, problem) in await Task.WhenAll(reads))
        {
            entry.ShouldBeNull();
            problem!.Message.ShouldBe("the distributed cache did not respond within 1 s. Check the application's IDistributedCache");
        }

        // The calls that waited for their turn are given up: the next one to reach the cache is one that is made later.
        _blocked.Set();
        await WorksAgainAsync();
        _calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task While_one_of_two_late_calls_is_still_stuck_no_other_call_is_made()
    {
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _hooked.OnGet = _ => CalledAsync(first.Task);
        var one = _cache.GetAsync("key", CancellationToken.None);
        await _timers.ReachedAsync(1);
        await _calls.ReachedAsync(1);
        _hooked.OnSet = _ => CalledAsync(second.Task);
        var other = _cache.SetAsync("key", [1], TimeSpan.FromMinutes(1), CancellationToken.None);
        await _timers.ReachedAsync(2);
        await _calls.ReachedAsync(2);
        _clock.Advance(Timeout);
        (await one).Problem.ShouldNotBeNull();
        (await other).ShouldNotBeNull();

        _hooked.Stored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        second.SetResult();
        await _hooked.Stored.Task.WithDeadlineAsync();
        (await _cache.GetAsync("key", CancellationToken.None)).Problem.ShouldNotBeNull();

        first.SetResult();
        await WorksAgainAsync();
    }

    [Fact]
    public async Task A_caller_who_goes_away_leaves_no_call_behind()
    {
        var first = _cache.GetAsync("key", CancellationToken.None);
        await _calls.ReachedAsync(1);
        using var leaving = new CancellationTokenSource();
        var second = _cache.GetAsync("key", leaving.Token);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => second);

        _blocked.Set();
        (await first.WithDeadlineAsync()).Problem.ShouldBeNull();
        await WorksAgainAsync();
        _calls.Count.ShouldBe(2);
    }

    private Task CalledAsync(Task until)
    {
        _calls.Raise();
        return until;
    }

    /// <summary>Reads until a read reaches the cache. A late call is over a moment after the cache returned.</summary>
    private async Task WorksAgainAsync()
    {
        var read = _hooked.Read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await TestDeadline.UntilAsync(async () => (await _cache.GetAsync("key", CancellationToken.None)).Problem is null);
        read.Task.IsCompleted.ShouldBeTrue();
    }
}
