using System.Net;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.EndToEnd.Tests.Sharing;

/// <summary>Instances keep the keys that sign the responses of External Evaluation in Redis.</summary>
public sealed class RedisEvaluationKeysTests : RedisTest
{
    [Fact]
    public async Task Two_instances_publish_the_same_keys()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();

        (await KeysAsync(second)).ShouldBe(await KeysAsync(first));
    }

    [Theory]
    [InlineData(Outage.Killed)]
    [InlineData(Outage.Frozen)]
    public async Task An_outage_of_Redis_stops_the_start_after_a_short_wait(Outage outage)
    {
        await FailAsync(outage);
        var (clock, waits) = (new TestClock(), new Signal());
        var limit = TimeSpan.FromSeconds(5);
        clock.OnTimer = due => (due == limit ? waits : new Signal()).Raise();
        var starting = StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock));
        await waits.ReachedAsync(1);
        clock.Advance(limit);

        (await Should.ThrowAsync<InvalidOperationException>(() => starting.WithDeadlineAsync())).Message
            .ShouldContain("the distributed cache did not respond within 5 s. Check the application's IDistributedCache.");
    }

    [Theory]
    [InlineData(Outage.Killed)]
    [InlineData(Outage.Frozen)]
    public async Task In_an_outage_of_Redis_the_current_key_signs_and_one_login_waits_for_a_moment(Outage outage)
    {
        await using var host = await StartAsync();
        await FailAsync(outage);

        // The keys are read again every 5 minutes.
        host.Clock.Advance(TimeSpan.FromMinutes(6));
        (await WithinAsync(TimeSpan.FromSeconds(2), host.Clock, () => host.EvaluateAsync(host.MintEvaluation()))).ShouldBe(HttpStatusCode.OK);
        (await host.EvaluateAsync(host.MintEvaluation()).WithDeadlineAsync()).ShouldBe(HttpStatusCode.OK);

        await RecoverAsync(host);
        await TestDeadline.UntilAsync(async () =>
        {
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            (await host.EvaluateAsync(host.MintEvaluation())).ShouldBe(HttpStatusCode.OK);
            return host.Log.Named("EvaluationKeysRecovered").Any();
        });
    }

    private static async Task<string> KeysAsync(AccessHost host) =>
        await host.Client.GetStringAsync("/evaluate/keys", TestContext.Current.CancellationToken);

    private Task<AccessHost> StartAsync(Action<WebApplicationBuilder>? build = null) => EvaluatedHost.StartAsync(
        options => options.KeysInDistributedCache = true,
        builder =>
        {
            Share(builder);
            build?.Invoke(builder);
        });
}
