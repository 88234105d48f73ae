using System.Net;
using CfAccess.AspNetCore.ExternalEvaluation.Nonces;
using CfAccess.AspNetCore.Identity;
using CfAccess.AspNetCore.Tests.Sharing;
using CfAccess.Testing;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Tests.ExternalEvaluation;

public sealed class NonceTests : IDisposable
{
    private readonly KeyDirectory _directory = new();
    private readonly HookedCache _cache = new(new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions())));

    [Fact]
    public async Task A_request_is_answered_once()
    {
        await using var rig = await EvaluationRig.StartAsync(_directory);
        var token = rig.Mint();

        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.BadRequest);
        rig.LastReason.ShouldBe("replayed");
        rig.Measured.ShouldBe(["result=allowed", "result=refused reason=replayed"]);
    }

    [Fact]
    public async Task Another_request_with_the_nonce_of_an_earlier_one_is_refused()
    {
        await using var rig = await EvaluationRig.StartAsync(_directory);
        (await rig.StatusAsync(rig.Mint(payload => payload["nonce"] = "same"))).ShouldBe(HttpStatusCode.OK);

        (await rig.StatusAsync(rig.Mint(payload => (payload["nonce"], payload["exp"]) = ("same", (long)payload["exp"]! + 10)))).ShouldBe(HttpStatusCode.BadRequest);
        rig.LastReason.ShouldBe("replayed");
        (await rig.StatusAsync(rig.Mint(payload => payload["nonce"] = "SAME"))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Of_many_at_once_one_is_answered()
    {
        var asked = new Signal();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var rig = await EvaluationRig.StartAsync(_directory, async (_, ended) =>
        {
            asked.Raise();
            await gate.Task.WaitAsync(ended);
            return true;
        });
        var token = rig.Mint();
        var all = Enumerable.Range(0, 20).Select(_ => Task.Run(() => rig.StatusAsync(token))).ToList();
        for (var refused = 0; refused < 19; refused++)
        {
            var done = await Task.WhenAny(all);
            (await done).ShouldBe(HttpStatusCode.BadRequest);
            all.Remove(done);
        }

        gate.SetResult();
        (await all.Single()).ShouldBe(HttpStatusCode.OK);
        asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_nonce_is_used_also_where_the_application_failed()
    {
        var fails = true;
        await using var rig = await EvaluationRig.StartAsync(
            _directory, (_, _) => fails ? throw new InvalidOperationException("No database.") : Task.FromResult(true));
        var token = rig.Mint();
        (await rig.AnswerAsync(token))["success"]!.GetValue<bool>().ShouldBeFalse();

        fails = false;
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.BadRequest);
        rig.LastReason.ShouldBe("replayed");
    }

    [Fact]
    public async Task A_nonce_is_remembered_for_as_long_as_its_token_is_taken()
    {
        await using var rig = await EvaluationRig.StartAsync(_directory);
        var token = rig.Mint();
        await rig.StatusAsync(token);

        // To the last moment of the clock skew.
        rig.Clock.Advance(TimeSpan.FromSeconds(119));
        (await rig.StatusAsync(rig.Mint())).ShouldBe(HttpStatusCode.OK);
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.BadRequest);
        rig.LastReason.ShouldBe("replayed");
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.BadRequest);
        rig.LastReason.ShouldBe("expired");
        (await rig.StatusAsync(rig.Mint(payload => payload["nonce"] = "nonce-1"))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void A_full_memory_forgets_no_nonce_and_takes_no_other()
    {
        var clock = new TestClock();
        var nonces = new InstanceNonces(TimeSpan.Zero, clock);
        var end = clock.GetUtcNow().AddMinutes(1);
        for (var number = 0; number < InstanceNonces.Most; number++)
        {
            nonces.Use(TokenHash.Of(BitConverter.GetBytes(number)), end).ShouldBeNull();
        }

        nonces.Use(TokenHash.Of("one more"u8), end)!.Value.Word.ShouldBe("nonces_unavailable");
        nonces.Use(TokenHash.Of(BitConverter.GetBytes(0)), end)!.Value.Word.ShouldBe("replayed");
        clock.Advance(TimeSpan.FromMinutes(1));
        nonces.Use(TokenHash.Of("one more"u8), end.AddMinutes(1)).ShouldBeNull();
    }

    [Theory]
    [InlineData(true, HttpStatusCode.BadRequest)]
    [InlineData(false, HttpStatusCode.OK)]
    public async Task Instances_know_of_each_others_nonces_where_they_share_them(bool shared, HttpStatusCode status)
    {
        await using var first = await StartAsync(shared);
        await using var second = await StartAsync(shared);
        var token = first.Mint();
        (await first.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);

        (await second.StatusAsync(token)).ShouldBe(status);
        if (shared)
        {
            second.LastReason.ShouldBe("replayed");
            _cache.LastOptions!.AbsoluteExpirationRelativeToNow!.Value.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(120));
        }
    }

    [Fact]
    public async Task Of_two_instances_that_write_at_once_one_passes()
    {
        await using var first = await StartAsync(shared: true);
        await using var second = await StartAsync(shared: true);
        var token = first.Mint();

        // Both have seen that there is nothing; each writes once both have.
        var writing = new Signal();
        _cache.OnSet = async _ =>
        {
            writing.Raise();
            await writing.ReachedAsync(2);
        };
        var reading = new Signal();
        _cache.OnGet = async _ =>
        {
            reading.Raise();
            await reading.ReachedAsync(reading.Count > 2 ? 4 : 2);
        };
        HttpStatusCode[] answers = await Task.WhenAll(first.StatusAsync(token), second.StatusAsync(token));

        answers.Count(status => status == HttpStatusCode.OK).ShouldBe(1);
    }

    [Fact]
    public async Task A_cache_that_fails_lets_nobody_in()
    {
        var asked = new Signal();
        await using var rig = await StartAsync(shared: true, asked);
        _cache.OnSet = _ => throw new IOException("Down.");
        using var response = await rig.PostAsync(rig.Mint());

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        rig.LastReason.ShouldBe("nonces_unavailable");
        rig.Host.Log.Named("EvaluationNoncesFailed").Single().Message.ShouldContain("IOException");
        asked.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_cache_that_fails_is_reported_once_until_it_works_again()
    {
        await using var rig = await StartAsync(shared: true);
        bool[] fails = [true, true, false, true, true];
        foreach (var isDown in fails)
        {
            _cache.OnSet = isDown ? _ => throw new IOException("Down.") : _ => Task.CompletedTask;
            (await rig.StatusAsync(rig.Mint())).ShouldBe(isDown ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);
        }

        rig.Host.Log.Named("EvaluationNoncesFailed").Count().ShouldBe(2);
    }

    [Theory]
    [InlineData("hangs")]
    [InlineData("blocks")]
    public async Task A_cache_that_does_not_respond_is_waited_for_no_longer_than_two_seconds(string how)
    {
        await using var rig = await StartAsync(shared: true);
        using var blocked = new ManualResetEventSlim();
        var waits = new Signal();
        rig.Clock.OnTimer = due => (due == TimeSpan.FromSeconds(2) ? waits : new Signal()).Raise();
        _cache.OnGet = how == "hangs" ? _ => new TaskCompletionSource().Task : HookedCache.Blocking(blocked);

        var status = Task.Run(() => rig.StatusAsync(rig.Mint()));
        await waits.ReachedAsync(1);
        rig.Clock.Advance(TimeSpan.FromSeconds(2));

        (await status).ShouldBe(HttpStatusCode.ServiceUnavailable);
        blocked.IsSet.ShouldBeFalse();
        blocked.Set();
    }

    [Theory]
    [InlineData("hangs")]
    [InlineData("blocks")]
    public async Task A_cache_that_does_not_respond_costs_one_wait_and_one_call_and_not_one_for_each_login(string how)
    {
        await using var rig = await StartAsync(shared: true);
        using var blocked = new ManualResetEventSlim();
        var hanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (calls, waits) = (new Signal(), new Signal());
        rig.Clock.OnTimer = due => (due == TimeSpan.FromSeconds(2) ? waits : new Signal()).Raise();
        _cache.OnGet = ended =>
        {
            calls.Raise();
            return how == "hangs" ? hanging.Task : HookedCache.Blocking(blocked)(ended);
        };
        var first = rig.StatusAsync(rig.Mint());
        await calls.ReachedAsync(1);
        await waits.ReachedAsync(1);
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        (await first).ShouldBe(HttpStatusCode.ServiceUnavailable);

        for (var login = 0; login < 5; login++)
        {
            (await rig.StatusAsync(rig.Mint()).WithDeadlineAsync()).ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        calls.Count.ShouldBe(1);
        hanging.SetResult();
        blocked.Set();
    }

    public void Dispose() => _directory.Dispose();

    private Task<EvaluationRig> StartAsync(bool shared, Signal? asked = null) => EvaluationRig.StartAsync(
        _directory,
        (_, _) =>
        {
            asked?.Raise();
            return Task.FromResult(true);
        },
        options => options.SharedNonces = shared,
        build: builder => builder.Services.AddSingleton<IDistributedCache>(_cache));
}
