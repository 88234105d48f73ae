using CfAccess.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CfAccess.AspNetCore.Tests.Keys;

public sealed class HealthCheckTests
{
    [Fact]
    public async Task It_is_unhealthy_without_keys_healthy_with_fresh_ones_degraded_while_a_refresh_fails_and_unhealthy_when_they_are_too_old()
    {
        await using var host = await StartAsync();
        var cold = await CheckAsync(host);
        cold.Status.ShouldBe(HealthStatus.Unhealthy);
        cold.Description.ShouldBe("https://acme.cloudflareaccess.com: no trusted signing keys, requests are answered 503.");

        await host.StatusAsync(host.Minter.MintPerson());
        var healthy = await CheckAsync(host);
        healthy.Status.ShouldBe(HealthStatus.Healthy);
        healthy.Description.ShouldBe("https://acme.cloudflareaccess.com: 2 fresh signing keys.");
        healthy.Data["https://acme.cloudflareaccess.com keys"].ShouldBe(2);
        healthy.Data["https://acme.cloudflareaccess.com age"].ShouldBe(TimeSpan.Zero);
        healthy.Data["https://acme.cloudflareaccess.com last success"].ShouldBe(TestClock.DefaultStart);
        NextAttempt(healthy).ShouldBeInRange(TestClock.DefaultStart.AddMinutes(54), TestClock.DefaultStart.AddMinutes(66));

        host.Endpoint.AnswerWith("<html>", System.Net.HttpStatusCode.NotFound);
        host.Clock.Advance(NextAttempt(healthy) - host.Clock.GetUtcNow());
        await host.Fetches.EndedAsync(2);
        var degraded = await CheckAsync(host);
        degraded.Status.ShouldBe(HealthStatus.Degraded);
        degraded.Description.ShouldBe("https://acme.cloudflareaccess.com: 2 signing keys that are not refreshed: the answer is 404, not 200.");
        degraded.Data["https://acme.cloudflareaccess.com last error"].ShouldBe("the answer is 404, not 200");

        host.Clock.AdjustTime(TestClock.DefaultStart.AddHours(25));
        var tooOld = await CheckAsync(host);
        tooOld.Status.ShouldBe(HealthStatus.Unhealthy);
        tooOld.Description.ShouldBe(
            "https://acme.cloudflareaccess.com: no trusted signing keys, requests are answered 503: the answer is 404, not 200.");

        host.Endpoint.Publish(TestKey.Get("current"));
        await host.StatusAsync(host.Minter.MintPerson());
        (await CheckAsync(host)).Status.ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task It_makes_no_call_of_its_own()
    {
        await using var host = await StartAsync();
        await CheckAsync(host);
        await CheckAsync(host);
        host.Endpoint.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Keys_that_nothing_refreshed_in_time_are_degraded()
    {
        // The interval with all of its jitter, and the time for one fetch.
        var latest = TestClock.DefaultStart + TimeSpan.FromMinutes(66) + TimeSpan.FromSeconds(10);
        await using var host = await StartAsync();
        await host.StatusAsync(host.Minter.MintPerson());

        host.Clock.AdjustTime(latest);
        (await CheckAsync(host)).Status.ShouldBe(HealthStatus.Healthy);
        host.Clock.AdjustTime(latest + TimeSpan.FromTicks(1));

        var degraded = await CheckAsync(host);
        degraded.Status.ShouldBe(HealthStatus.Degraded);
        degraded.Description.ShouldBe("https://acme.cloudflareaccess.com: 2 signing keys that are not refreshed.");
    }

    [Fact]
    public async Task The_team_with_the_worst_keys_decides_and_every_team_is_told_of()
    {
        await using var host = await StartAsync(options =>
        {
            (options.TeamDomain, options.Audiences) = (null, []);
            options.Teams.Add(new CloudflareAccessTeam { TeamDomain = "acme", Audiences = [TestTeam.Audience] });
            options.Teams.Add(new CloudflareAccessTeam { TeamDomain = "partner", Audiences = [TestTeam.PartnerAudience] });
        });
        await host.StatusAsync(host.Minter.MintPerson());

        var report = await CheckAsync(host);
        report.Status.ShouldBe(HealthStatus.Unhealthy);
        report.Description.ShouldBe(
            "https://acme.cloudflareaccess.com: 2 fresh signing keys. "
            + "https://partner.cloudflareaccess.com: no trusted signing keys, requests are answered 503.");
    }

    private static DateTimeOffset NextAttempt(HealthReportEntry entry) =>
        (DateTimeOffset)entry.Data["https://acme.cloudflareaccess.com next attempt"];

    private static Task<AccessHost> StartAsync(Action<CloudflareAccessOptions>? configure = null) =>
        AccessHost.StartAsync(configure, builder => builder.Services.AddHealthChecks().AddCloudflareAccess());

    private static async Task<HealthReportEntry> CheckAsync(AccessHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["CloudflareAccess"];
}
