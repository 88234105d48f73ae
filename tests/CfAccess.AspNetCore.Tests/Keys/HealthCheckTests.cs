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
        (await CheckAsync(host)).Status.ShouldBe(HealthStatus.Unhealthy);

        await host.StatusAsync(host.Minter.MintPerson());
        var healthy = await CheckAsync(host);
        healthy.Status.ShouldBe(HealthStatus.Healthy);
        healthy.Description.ShouldBe("https://acme.cloudflareaccess.com: 2 fresh signing keys.");
        healthy.Data["https://acme.cloudflareaccess.com keys"].ShouldBe(2);
        healthy.Data["https://acme.cloudflareaccess.com age"].ShouldBe(TimeSpan.Zero);
        healthy.Data["https://acme.cloudflareaccess.com last success"].ShouldBe(ManualTimeProvider.Start);
        NextAttempt(healthy).ShouldBeInRange(ManualTimeProvider.Start.AddMinutes(54), ManualTimeProvider.Start.AddMinutes(66));

        host.Endpoint.AnswerWith("<html>", System.Net.HttpStatusCode.NotFound);
        host.Clock.Advance(NextAttempt(healthy) - host.Clock.GetUtcNow());
        await host.Fetches.EndedAsync(2);
        var degraded = await CheckAsync(host);
        degraded.Status.ShouldBe(HealthStatus.Degraded);
        degraded.Data["https://acme.cloudflareaccess.com last error"].ShouldBe("the answer is 404, not 200");

        host.Clock.Set(ManualTimeProvider.Start.AddHours(25));
        (await CheckAsync(host)).Status.ShouldBe(HealthStatus.Unhealthy);

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
        await using var host = await StartAsync();
        await host.StatusAsync(host.Minter.MintPerson());
        host.Clock.Set(ManualTimeProvider.Start.AddHours(2));
        (await CheckAsync(host)).Status.ShouldBe(HealthStatus.Degraded);
    }

    private static DateTimeOffset NextAttempt(HealthReportEntry entry) =>
        (DateTimeOffset)entry.Data["https://acme.cloudflareaccess.com next attempt"];

    private static Task<AccessHost> StartAsync() =>
        AccessHost.StartAsync(build: builder => builder.Services.AddHealthChecks().AddCloudflareAccess());

    private static async Task<HealthReportEntry> CheckAsync(AccessHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["CloudflareAccess"];
}
