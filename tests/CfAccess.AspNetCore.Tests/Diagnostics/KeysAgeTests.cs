using CfAccess.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Diagnostics;

/// <summary>The gauge that tells an outage of the keys endpoint long before it hurts.</summary>
public sealed class KeysAgeTests
{
    private const string Team = $"scheme=CloudflareAccess team={TestTeam.Issuer}";

    [Fact]
    public async Task The_age_of_the_keys_grows_until_they_are_fetched_anew()
    {
        await using var host = await AccessHost.StartAsync();
        Ages(host).ShouldBeEmpty();

        await host.StatusAsync(host.Minter.MintPerson());
        Ages(host).ShouldBe([$"{Team}: 0"]);

        host.Endpoint.Fail();
        host.Clock.AdjustTime(host.Clock.GetUtcNow() + TimeSpan.FromHours(26));
        Ages(host).ShouldBe([$"{Team}: 93600"], "Also when they are trusted no more.");

        host.Clock.AdjustTime(TestClock.DefaultStart - TimeSpan.FromHours(1));
        Ages(host).ShouldBe([$"{Team}: 0"], "A clock that was set back makes no key younger than new.");
    }

    [Fact]
    public async Task Each_scheme_and_team_has_its_own()
    {
        await using var host = await AccessHost.StartAsync(build: builder => builder.Services.AddAuthentication().AddCloudflareAccess("Other", options =>
        {
            options.TeamDomain = "acme";
            options.Audiences = [TestTeam.OtherAudience];
            options.Keys.Prewarm = CloudflareAccessPrewarm.FailFast;
        }));

        Ages(host).ShouldBe([$"scheme=Other team={TestTeam.Issuer}: 0"]);
    }

    private static string[] Ages(AccessHost host)
    {
        using var ages = host.Services.CollectMeasurements<double>("cloudflare_access.keys.age");
        ages.RecordObservableInstruments();
        return [.. ages.GetMeasurementSnapshot().Select(age => $"{Measurements.TagsOf(age)}: {age.Value:0}")];
    }
}
