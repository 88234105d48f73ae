using System.Net;
using CfAccess.AspNetCore;
using CfAccess.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CfAccess.EndToEnd.Tests.Sharing;

/// <summary>Instances share signing keys through Redis. No outage of Redis delays a start, a request, or a health check.</summary>
public sealed class RedisKeysTests : RedisTest
{
    [Fact]
    public async Task An_instance_that_starts_while_the_keys_endpoint_is_down_serves_with_the_keys_of_another_one()
    {
        await using var first = await StartAsync();
        (await first.StatusAsync(first.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
        await first.Fetches.EndedAsync(1);
        await using var second = await StartAsync(hasEndpoint: false);

        (await second.StatusAsync(second.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
        second.Log.Named("SharedKeysTaken").ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task An_outage_of_Redis_delays_no_start_and_no_request_and_keys_are_shared_again_after_it(Outage outage, bool isRunning)
    {
        if (!isRunning)
        {
            await FailAsync(outage);
        }

        // The start waits for keys, and for nothing else.
        await using var first = await StartAsync(prewarm: CloudflareAccessPrewarm.FailFast).WithDeadlineAsync();
        await using var second = await StartAsync(hasEndpoint: false);
        if (isRunning)
        {
            await first.Fetches.EndedAsync(1);
            await FailAsync(outage);
        }

        (await first.StatusAsync(first.Minter.MintPerson()).WithDeadlineAsync()).ShouldBe(HttpStatusCode.OK);
        first.Endpoint.Publish(TestKey.Get("next"), TestKey.Get("current"));
        Advance(TimeSpan.FromSeconds(11), first, second);
        var next = new TokenMinter(first.Clock, TestKey.Get("next"));
        (await first.StatusAsync(next.MintPerson()).WithDeadlineAsync()).ShouldBe(HttpStatusCode.OK);
        var health = first.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        (await health.WithDeadlineAsync()).Status.ShouldBe(HealthStatus.Healthy);

        await RecoverAsync(first, second);
        await TestDeadline.UntilAsync(async () =>
        {
            // The first instance fetches its keys and stores them. The second one tries again, and finds the stored ones.
            var fetches = first.Fetches.Count;
            Advance(TimeSpan.FromHours(2), first, second);
            await first.Fetches.EndedAsync(fetches + 1);
            return await second.StatusAsync(new TokenMinter(second.Clock, TestKey.Get("next")).MintPerson()) == HttpStatusCode.OK;
        });
        second.Log.Named("SharedKeysTaken").ShouldHaveSingleItem();
    }

    private static void Advance(TimeSpan by, params IEnumerable<AccessHost> hosts)
    {
        foreach (var host in hosts)
        {
            host.Clock.Advance(by);
        }
    }

    private async Task<AccessHost> StartAsync(bool hasEndpoint = true, CloudflareAccessPrewarm prewarm = CloudflareAccessPrewarm.Off)
    {
        var host = await AccessHost.StartAsync(
            options => (options.Keys.Shared, options.Keys.Prewarm) = (true, prewarm),
            builder =>
            {
                Share(builder);
                builder.Services.AddHealthChecks().AddCloudflareAccess();
            });
        if (!hasEndpoint)
        {
            host.Endpoint.Fail();
        }

        return host;
    }
}
