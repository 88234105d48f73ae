using System.Net;
using CfAccess.AspNetCore.ExternalEvaluation.Nonces;
using CfAccess.AspNetCore.Sharing;
using CfAccess.AspNetCore.Tests.Sharing;
using CfAccess.Testing;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Tests.ExternalEvaluation;

/// <summary>A request whose nonce could not be remembered was not decided, so that it can be sent again, and is decided once.</summary>
public sealed class NonceRetryTests : IDisposable
{
    private readonly KeyDirectory _directory = new();
    private readonly HookedCache _cache = new(new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions())));

    [Theory]
    [InlineData("read")]
    [InlineData("write")]
    [InlineData("read back")]
    public async Task A_request_whose_nonce_could_not_be_remembered_can_be_sent_again_once(string failure)
    {
        var asked = new Signal();
        await using var rig = await StartAsync(asked);
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
    public async Task A_nonce_that_another_instance_used_meanwhile_is_rejected_however_the_first_attempt_failed(string failure)
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        var token = first.Mint();
        Fail(failure);
        (await first.StatusAsync(token)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        Fail(null);
        var other = await second.StatusAsync(token);

        // Only one of the two instances decides.
        (await first.StatusAsync(token)).ShouldBe(other == HttpStatusCode.OK ? HttpStatusCode.BadRequest : HttpStatusCode.OK);
        (await second.StatusAsync(token)).ShouldBe(HttpStatusCode.BadRequest);
        (await first.StatusAsync(token)).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Of_many_at_once_on_a_cache_that_fails_none_gets_a_decision_and_one_may_try_again()
    {
        var asked = new Signal();
        await using var rig = await StartAsync(asked);
        var token = rig.Mint();
        Fail("write");
        (await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => rig.StatusAsync(token))))).ShouldNotContain(HttpStatusCode.OK);

        Fail(null);
        var statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => rig.StatusAsync(token))));

        statuses.Count(status => status == HttpStatusCode.OK).ShouldBe(1);
        asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_caller_who_goes_away_while_the_nonce_is_remembered_can_ask_again()
    {
        var clock = new TestClock();
        var shared = new ResponsiveCache(_cache, SharedNonces.Patience, clock);
        var nonces = new SharedNonces(new InstanceNonces(TimeSpan.Zero, clock), shared, TimeSpan.Zero, clock, NullLogger.Instance);
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
        await using var rig = await StartAsync();
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

    private Task<EvaluationRig> StartAsync(Signal? asked = null) => EvaluationRig.StartAsync(
        _directory,
        (_, _) =>
        {
            asked?.Raise();
            return Task.FromResult(true);
        },
        options => options.SharedNonces = true,
        build: builder => builder.Services.AddSingleton<IDistributedCache>(_cache));
}
