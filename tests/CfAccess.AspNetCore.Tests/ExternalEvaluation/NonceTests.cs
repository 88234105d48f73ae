using System.Net;
using CfAccess.AspNetCore.ExternalEvaluation.Nonces;
using CfAccess.AspNetCore.Identity;
using CfAccess.AspNetCore.Tests.Keys;
using CfAccess.Testing;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
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
        var clock = new ManualTimeProvider();
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

    [Theory]
    [InlineData("read")]
    [InlineData("write")]
    [InlineData("read back")]
    public async Task A_request_whose_nonce_could_not_be_remembered_can_be_sent_again_once(string failure)
    {
        var asked = new Signal();
        await using var rig = await StartAsync(shared: true, asked);
        var token = rig.Mint();
        Fail(failure);
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.ServiceUnavailable);

        Fail(null);
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);

        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.BadRequest);
        rig.LastReason.ShouldBe("replayed");
        asked.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("read")]
    [InlineData("write")]
    [InlineData("read back")]
    public async Task A_nonce_that_another_instance_used_meanwhile_is_refused_however_the_first_attempt_failed(string failure)
    {
        await using var first = await StartAsync(shared: true);
        await using var second = await StartAsync(shared: true);
        var token = first.Mint();
        Fail(failure);
        (await first.StatusAsync(token)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        Fail(null);
        var other = await second.StatusAsync(token);

        // Only one of the two instances answers.
        (await first.StatusAsync(token)).ShouldBe(other == HttpStatusCode.OK ? HttpStatusCode.BadRequest : HttpStatusCode.OK);
        (await second.StatusAsync(token)).ShouldBe(HttpStatusCode.BadRequest);
        (await first.StatusAsync(token)).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Of_many_at_once_on_a_cache_that_fails_none_is_answered_and_one_may_try_again()
    {
        var asked = new Signal();
        await using var rig = await StartAsync(shared: true, asked);
        var token = rig.Mint();
        Fail("write");
        (await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => rig.StatusAsync(token))))).ShouldNotContain(HttpStatusCode.OK);

        Fail(null);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => rig.StatusAsync(token))));

        answers.Count(status => status == HttpStatusCode.OK).ShouldBe(1);
        asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_caller_who_goes_away_while_the_nonce_is_remembered_can_ask_again()
    {
        var clock = new ManualTimeProvider();
        var nonces = new SharedNonces(new InstanceNonces(TimeSpan.Zero, clock), _cache, TimeSpan.Zero, clock, NullLogger.Instance);
        var end = clock.GetUtcNow().AddMinutes(1);
        using var leaving = new CancellationTokenSource();
        _cache.OnSet = async cancellationToken =>
        {
            await leaving.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        };

        await Should.ThrowAsync<OperationCanceledException>(async () => await nonces.UseAsync("nonce", end, leaving.Token));

        Fail(null);
        (await nonces.UseAsync("nonce", end, CancellationToken.None)).ShouldBeNull();
        (await nonces.UseAsync("nonce", end, CancellationToken.None))!.Value.Word.ShouldBe("replayed");
    }

    [Fact]
    public async Task A_nonce_that_is_used_at_the_second_attempt_is_remembered_until_the_end_of_that_one()
    {
        await using var rig = await StartAsync(shared: true);
        Fail("write");
        (await rig.StatusAsync(rig.Mint(payload => payload["nonce"] = "same"))).ShouldBe(HttpStatusCode.ServiceUnavailable);
        Fail(null);
        var token = rig.Mint(payload => (payload["nonce"], payload["exp"]) = ("same", (long)payload["exp"]! + 240));
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);

        // Later than the end of the first token, with the clock skew.
        rig.Clock.Advance(TimeSpan.FromSeconds(150));
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.BadRequest);
        rig.LastReason.ShouldBe("replayed");
    }

    [Fact]
    public async Task A_cache_that_hangs_is_waited_for_no_longer_than_two_seconds()
    {
        await using var rig = await StartAsync(shared: true);
        var waiting = new Signal();
        _cache.OnGet = _ =>
        {
            waiting.Raise();
            return new TaskCompletionSource().Task;
        };
        var answer = rig.StatusAsync(rig.Mint());
        await waiting.ReachedAsync(1);
        while (!answer.IsCompleted)
        {
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await answer).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    public void Dispose() => _directory.Dispose();

    private void Fail(string? what)
    {
        var isWritten = false;
        _cache.OnGet = _ => what == "read" || (what == "read back" && isWritten) ? throw new IOException("Down.") : Task.CompletedTask;
        _cache.OnSet = _ =>
        {
            isWritten = true;
            return what == "write" ? throw new IOException("Down.") : Task.CompletedTask;
        };
    }

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
