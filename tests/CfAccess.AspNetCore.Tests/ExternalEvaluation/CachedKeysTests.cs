using System.Net;
using System.Text;
using CfAccess.AspNetCore.Tests.Sharing;
using CfAccess.Testing;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Tests.ExternalEvaluation;

/// <summary>Keys in the application's cache, which has no lock and may forget.</summary>
public sealed class CachedKeysTests : IDisposable
{
    private const string Entry = "CfAccess.ExternalEvaluation.Keys:v1";

    private readonly KeyDirectory _directory = new();
    private readonly MemoryDistributedCache _memory = new(Options.Create(new MemoryDistributedCacheOptions()));
    private readonly HookedCache _cache;

    public CachedKeysTests() => _cache = new HookedCache(_memory);

    [Fact]
    public async Task Instances_and_restarts_have_the_same_keys()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();

        (await second.KidsAsync()).ShouldBe(await first.KidsAsync());
        (await second.SuccessAsync()).ShouldBeTrue();
        Encoding.Latin1.GetString((await _memory.GetAsync(Entry)).ShouldNotBeNull()).ShouldNotContain("private_key");
        _cache.LastOptions!.AbsoluteExpirationRelativeToNow.ShouldNotBeNull();
    }

    [Fact]
    public async Task Keys_that_the_cache_forgot_are_stored_again()
    {
        await using var rig = await StartAsync();
        var kids = await rig.KidsAsync();
        await _memory.RemoveAsync(Entry);
        rig.Clock.Advance(TimeSpan.FromMinutes(6));

        (await rig.KidsAsync()).ShouldBe(kids);
        await using var second = await StartAsync();
        (await second.KidsAsync()).ShouldBe(kids);
    }

    [Fact]
    public async Task Keys_that_another_instance_overwrote_come_back_and_all_agree_within_seconds()
    {
        await using var first = await StartAsync();
        await _memory.RemoveAsync(Entry);
        await using var second = await StartAsync(first.Clock);
        (await second.KidsAsync()).ShouldNotBe(await first.KidsAsync());

        first.Clock.Advance(TimeSpan.FromSeconds(6));
        await first.KidsAsync();
        first.Clock.Advance(TimeSpan.FromSeconds(6));
        (await first.KidsAsync()).Length.ShouldBe(2);
        (await second.KidsAsync()).ShouldBe(await first.KidsAsync());
        EvaluationRig.KidOf(await EvaluationRig.AnswerOfAsync(await first.PostAsync(first.Mint())))
            .ShouldBe(EvaluationRig.KidOf(await EvaluationRig.AnswerOfAsync(await second.PostAsync(second.Mint()))));
    }

    [Fact]
    public async Task An_instance_signs_with_no_key_that_it_did_not_read_back()
    {
        // Another instance wins: what is written is replaced before it is read back.
        byte[]? winners = null;
        await using (await StartAsync())
        {
            winners = await _memory.GetAsync(Entry);
        }

        await _memory.RemoveAsync(Entry);
        var reads = 0;
        _cache.OnGet = async cancellationToken =>
        {
            if (++reads == 3)
            {
                await _memory.SetAsync(Entry, winners!, cancellationToken);
            }
        };
        await using var loser = await StartAsync();
        _cache.OnGet = _ => Task.CompletedTask;
        await using var winner = await StartAsync();

        (await loser.KidsAsync()).ShouldBe(await winner.KidsAsync());
        EvaluationRig.Verified(await EvaluationRig.AnswerOfAsync(await loser.PostAsync(loser.Mint())), await winner.JwksAsync());
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_stops_the_start()
    {
        _cache.OnSet = _ => throw new IOException("Down.");

        (await Should.ThrowAsync<InvalidOperationException>(() => StartAsync())).Message
            .ShouldEndWith(
                "cannot be written in the distributed cache, entry CfAccess.ExternalEvaluation.Keys:v1: the distributed cache failed (IOException). "
                + "Check the application's IDistributedCache.");
    }

    [Theory]
    [InlineData("hangs")]
    [InlineData("blocks")]
    public async Task A_cache_that_does_not_respond_stops_the_start(string how)
    {
        var clock = new TestClock();
        var waits = new Signal();
        clock.OnTimer = due => (due == TimeSpan.FromSeconds(5) ? waits : new Signal()).Raise();
        using var blocked = new ManualResetEventSlim();
        _cache.OnSet = how == "hangs" ? _ => new TaskCompletionSource().Task : HookedCache.Blocking(blocked);

        var starting = Task.Run(() => StartAsync(clock));
        await waits.ReachedAsync(1);
        clock.Advance(TimeSpan.FromSeconds(5));

        (await Should.ThrowAsync<InvalidOperationException>(() => starting)).Message
            .ShouldEndWith(
                "cannot be written in the distributed cache, entry CfAccess.ExternalEvaluation.Keys:v1: the distributed cache did not respond within 5 s. "
                + "Check the application's IDistributedCache.");
        blocked.IsSet.ShouldBeFalse();
        blocked.Set();
    }

    [Fact]
    public async Task An_entry_that_is_not_ours_stops_the_start_and_stays()
    {
        await _memory.SetAsync(Entry, [1, 2, 3]);

        (await Should.ThrowAsync<InvalidOperationException>(() => StartAsync())).Message.ShouldContain("Data Protection cannot decrypt them");
        (await _memory.GetAsync(Entry)).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task A_cache_that_fails_later_leaves_the_keys_at_hand()
    {
        await using var rig = await StartAsync();
        _cache.OnGet = _ => throw new IOException("Down.");
        rig.Clock.Advance(TimeSpan.FromHours(1));

        (await rig.SuccessAsync()).ShouldBeTrue();
        rig.Host.Log.Named("EvaluationKeysFailed").Single().Message.ShouldContain("Check the application's IDistributedCache");
    }

    [Fact]
    public async Task A_store_that_hangs_holds_up_one_login_for_two_seconds_and_no_other()
    {
        await using var rig = await StartAsync();
        rig.Clock.Advance(TimeSpan.FromHours(1));
        var hanging = new TaskCompletionSource();
        var waits = new Signal();
        rig.Clock.OnTimer = after =>
        {
            if (after == TimeSpan.FromSeconds(2))
            {
                waits.Raise();
            }
        };
        _cache.OnGet = _ => hanging.Task;

        var first = rig.SuccessAsync();
        await waits.ReachedAsync(1);
        (await rig.SuccessAsync()).ShouldBeTrue();
        first.IsCompleted.ShouldBeFalse();
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        (await first).ShouldBeTrue();
        rig.Host.Log.Named("EvaluationKeysFailed").Single().Message.ShouldContain("No answer from the distributed cache");

        hanging.SetResult();
    }

    [Fact]
    public async Task A_store_that_hangs_while_no_key_can_sign_is_waited_for_ten_seconds()
    {
        await using var rig = await StartAsync();
        rig.Clock.Advance(TimeSpan.FromDays(60));
        var waits = new Signal();
        rig.Clock.OnTimer = after =>
        {
            if (after == TimeSpan.FromSeconds(10))
            {
                waits.Raise();
            }
        };
        var hanging = new TaskCompletionSource();
        _cache.OnGet = _ => hanging.Task;

        var answering = rig.Host.Client.GetAsync("/evaluate/keys");
        await waits.ReachedAsync(1);
        rig.Clock.Advance(TimeSpan.FromSeconds(10));

        using var answer = await answering;
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        hanging.SetResult();
    }

    [Fact]
    public async Task Requests_that_cannot_sign_share_one_look_and_wait_for_it_by_the_clock_of_the_application()
    {
        await using var rig = await StartAsync();
        rig.Clock.Advance(TimeSpan.FromDays(60));
        var (looks, waits) = (new Signal(), new Signal());
        rig.Clock.OnTimer = after => (after == TimeSpan.FromSeconds(10) ? waits : new Signal()).Raise();
        var hanging = new TaskCompletionSource();
        _cache.OnGet = _ =>
        {
            looks.Raise();
            return hanging.Task;
        };

        Task<HttpResponseMessage>[] all = [rig.Host.Client.GetAsync("/evaluate/keys"), rig.Host.Client.GetAsync("/evaluate/keys")];
        await looks.ReachedAsync(1);
        await waits.ReachedAsync(2);
        rig.Clock.Advance(TimeSpan.FromSeconds(10));

        foreach (var answering in all)
        {
            using var answer = await answering.WithDeadlineAsync();
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        looks.Count.ShouldBe(1);
        hanging.SetResult();
    }

    public void Dispose() => _directory.Dispose();

    private Task<EvaluationRig> StartAsync(TestClock? clock = null) => EvaluationRig.StartAsync(
        _directory,
        configure: options => (options.KeyDirectory, options.KeysInDistributedCache) = (null, true),
        build: builder => builder.Services.AddSingleton<IDistributedCache>(_cache),
        clock: clock);
}
