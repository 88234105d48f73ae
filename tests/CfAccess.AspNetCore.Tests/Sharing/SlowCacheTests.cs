using System.Net;
using CfAccess.AspNetCore.Sharing;
using CfAccess.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Tests.Sharing;

/// <summary>The shared cache and the endpoint are asked at the same time. A cache that is slow, hangs, or blocks its thread has no effect on the fetch.</summary>
public sealed class SlowCacheTests : IDisposable
{
    private readonly HookedCache _cache = new(new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions())));
    private readonly EphemeralDataProtectionProvider _protection = new();
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _blocked = new();

    public void Dispose()
    {
        _gate.TrySetResult();
        _blocked.Set();
        _blocked.Dispose();
    }

    [Theory]
    [InlineData("hangs")]
    [InlineData("blocks")]
    public async Task A_cache_that_does_not_respond_delays_no_request(string how)
    {
        _cache.OnGet = _cache.OnSet = Unresponsive(how);
        await using var host = await StartAsync();

        (await host.StatusAsync(host.Minter.MintPerson()).WithDeadlineAsync()).ShouldBe(HttpStatusCode.OK);
        host.Clock.GetUtcNow().ShouldBe(TestClock.DefaultStart);
    }

    [Theory]
    [InlineData("hangs")]
    [InlineData("blocks")]
    public async Task A_cache_that_does_not_respond_delays_no_retry(string how)
    {
        _cache.OnGet = Unresponsive(how);
        await using var host = await StartAsync();
        host.Endpoint.Fail();
        var moments = new Signal();
        host.Clock.OnTimer = due => (due == TimeSpan.FromSeconds(1) ? moments : new Signal()).Raise();

        // The endpoint has failed, so the cache is all that is left. A request waits a moment for it, and not its whole budget.
        var first = host.StatusAsync(host.Minter.MintPerson());
        await moments.ReachedAsync(1);
        first.IsCompleted.ShouldBeFalse();
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        (await first.WithDeadlineAsync()).ShouldBe(HttpStatusCode.ServiceUnavailable);

        host.Endpoint.Publish(TestKey.Get("current"));
        host.Clock.AdjustTime(TestClock.DefaultStart + new CloudflareAccessKeyOptions().Cooldown);

        (await host.StatusAsync(host.Minter.MintPerson()).WithDeadlineAsync()).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_cache_that_does_not_respond_is_reported_once_as_such()
    {
        _cache.OnGet = _cache.OnSet = Unresponsive("hangs");
        await using var host = await StartAsync();
        var waits = new Signal();
        var timeout = new CloudflareAccessKeyOptions().FetchTimeout;
        host.Clock.OnTimer = due => (due == timeout ? waits : new Signal()).Raise();
        (await host.StatusAsync(host.Minter.MintPerson()).WithDeadlineAsync()).ShouldBe(HttpStatusCode.OK);

        // The fetch itself, the read, and the write.
        await waits.ReachedAsync(3);
        host.Clock.Advance(timeout);
        await host.Fetches.EndedAsync(1);

        host.Log.Named("SharedKeysPassedOver").ShouldHaveSingleItem().Message.ShouldBe(
            $"The signing keys of {TestTeam.CertsUrl} are not shared between instances: the distributed cache did not respond within 10 s. "
            + "Check the application's IDistributedCache. This instance fetches its own.");
    }

    [Fact]
    public async Task Shared_keys_that_come_after_the_endpoint_failed_serve_the_request_that_waits()
    {
        await WarmAsync();
        var reading = new Signal();
        _cache.OnGet = _ =>
        {
            reading.Raise();
            return _gate.Task;
        };
        await using var second = await StartAsync();
        var asked = new Signal();
        second.Endpoint.Answer = (_, _) =>
        {
            asked.Raise();
            throw new HttpRequestException("down");
        };

        var request = second.StatusAsync(second.Minter.MintPerson());
        await asked.ReachedAsync(1);
        await reading.ReachedAsync(1);
        request.IsCompleted.ShouldBeFalse();
        _gate.SetResult();

        (await request).ShouldBe(HttpStatusCode.OK);
        await second.Fetches.EndedAsync(1);
        second.Log.Named("SharedKeysTaken").ShouldHaveSingleItem();
        second.Log.Named("KeysUnavailable").ShouldBeEmpty();
        second.Log.Named("KeysRefreshFailed").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Shared_keys_that_come_after_those_of_the_endpoint_replace_none()
    {
        await WarmAsync();
        _cache.OnGet = _ => _gate.Task;
        await using var second = await StartAsync();
        second.Endpoint.Publish(TestKey.Get("next"));
        (await second.StatusAsync(new TokenMinter(second.Clock, TestKey.Get("next")).MintPerson()).WithDeadlineAsync())
            .ShouldBe(HttpStatusCode.OK);

        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _cache.Read = read;
        _gate.SetResult();
        await read.Task.WithDeadlineAsync();

        (await second.StatusAsync(second.Minter.MintPerson())).ShouldBe(HttpStatusCode.Unauthorized);
        (await second.StatusAsync(new TokenMinter(second.Clock, TestKey.Get("next")).MintPerson())).ShouldBe(HttpStatusCode.OK);
        second.Log.Named("SharedKeysTaken").ShouldBeEmpty();
    }

    [Fact]
    public async Task Keys_are_shared_also_where_no_request_waits()
    {
        await WarmAsync();
        _cache.OnGet = async _ => await Task.Yield();
        await using var second = await StartAsync(dead: true, configure: options => options.Keys.WaitBudget = TimeSpan.Zero);

        (await second.StatusAsync(second.Minter.MintPerson())).ShouldBe(HttpStatusCode.ServiceUnavailable);
        await second.Fetches.EndedAsync(1);

        (await second.StatusAsync(second.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_start_that_requires_keys_waits_for_shared_ones()
    {
        await WarmAsync();
        _cache.OnGet = async _ =>
        {
            for (var turn = 0; turn < 100; turn++)
            {
                await Task.Yield();
            }
        };

        await using var second = await StartAsync(dead: true, configure: options => options.Keys.Prewarm = CloudflareAccessPrewarm.FailFast);

        (await second.StatusAsync(second.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_call_without_a_response_is_canceled_so_that_the_cache_is_used_again()
    {
        var clock = new TestClock();
        var timeout = TimeSpan.FromSeconds(10);
        var cache = new ResponsiveCache(_cache, timeout, clock);
        var (calls, timers) = (new Signal(), new Signal());
        clock.OnTimer = _ => timers.Raise();
        _cache.OnGet = ended =>
        {
            var hanging = new TaskCompletionSource();
            ended.UnsafeRegister(_ => hanging.TrySetCanceled(ended), null);
            calls.Raise();
            return hanging.Task;
        };
        var lost = cache.GetAsync("key", CancellationToken.None);
        await calls.ReachedAsync(1);
        await timers.ReachedAsync(1);
        clock.Advance(timeout);
        (await lost.WithDeadlineAsync()).Problem.ShouldNotBeNull();

        _cache.OnGet = _ => Task.CompletedTask;

        // The canceled call ends on a thread of its own. Until then, the cache is not used.
        await TestDeadline.UntilAsync(async () => (await cache.GetAsync("key", CancellationToken.None)).Problem is null);
    }

    private Func<CancellationToken, Task> Unresponsive(string how) => how == "hangs" ? _ => _gate.Task : HookedCache.Blocking(_blocked);

    private async Task WarmAsync()
    {
        await using var first = await StartAsync();
        (await first.StatusAsync(first.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
        await first.Fetches.EndedAsync(1);
    }

    private Task<AccessHost> StartAsync(bool dead = false, Action<CloudflareAccessOptions>? configure = null) => AccessHost.StartAsync(
        options =>
        {
            options.Keys.Shared = true;
            configure?.Invoke(options);
        },
        builder =>
        {
            builder.Services.AddSingleton<IDistributedCache>(_cache);
            builder.Services.AddSingleton<IDataProtectionProvider>(_protection);
            if (dead)
            {
                builder.Services.AddDeadKeysEndpoint();
            }
        });
}
