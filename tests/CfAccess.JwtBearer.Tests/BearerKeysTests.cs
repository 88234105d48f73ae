using System.Net;
using CfAccess.AspNetCore;
using CfAccess.Testing;

namespace CfAccess.JwtBearer.Tests;

/// <summary>Our keys serve plain JwtBearer: rotations, withdrawals, outages and floods.</summary>
public sealed class BearerKeysTests
{
    [Fact]
    public async Task A_rotated_key_costs_no_request()
    {
        await using var host = await BearerHost.StartAsync();
        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var next = new TokenMinter(host.Clock, TestKey.Get("next"));
        host.Endpoint.Publish(host.Minter.Key, next.Key);

        (await host.GetAsync(next.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
        host.Endpoint.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Many_who_meet_a_cold_application_share_one_fetch()
    {
        await using var host = await BearerHost.StartAsync();
        var gate = host.Endpoint.Hold();
        var waiting = Enumerable.Range(0, 20).Select(_ => host.GetAsync(host.Minter.MintPerson())).ToList();
        gate.SetResult();

        (await Task.WhenAll(waiting)).ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
        host.Endpoint.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_token_of_a_withdrawn_key_is_refused_after_the_refresh()
    {
        await using var host = await BearerHost.StartAsync();
        var withdrawn = host.Minter.MintPerson(payload => payload["exp"] = host.Clock.GetUtcNow().ToUnixTimeSeconds() + 86_400);
        var next = new TokenMinter(host.Clock, TestKey.Get("next"));
        (await host.GetAsync(withdrawn)).Status.ShouldBe(HttpStatusCode.OK);

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        host.Endpoint.Publish(next.Key);
        (await host.GetAsync(next.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);

        // It was good a minute ago, and the configuration that it was good with is known to be good.
        (await host.GetAsync(withdrawn)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        host.Endpoint.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_flood_of_unknown_keys_causes_one_fetch_in_a_cooldown()
    {
        await using var host = await BearerHost.StartAsync();
        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        for (var count = 0; count < 30; count++)
        {
            var forged = host.Minter.Sign(host.Minter.Person(), header => header["kid"] = $"unknown-{count}");
            await host.ShouldRefuseAsync(forged, AccessFailureReason.UnknownKey);
        }

        host.Endpoint.Count.ShouldBe(2);
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        await host.ShouldRefuseAsync(host.Minter.Sign(host.Minter.Person(), header => header["kid"] = "another"), AccessFailureReason.UnknownKey);
        host.Endpoint.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Bad_signatures_by_a_known_key_cause_no_fetch()
    {
        await using var host = await BearerHost.StartAsync();
        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
        var forger = new TokenMinter(host.Clock, TestKey.Get("stranger"));

        for (var count = 0; count < 5; count++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            var forged = forger.Sign(host.Minter.Person(), header => header["kid"] = host.Minter.Key.Kid);
            (await host.GetAsync(forged)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }

        host.Endpoint.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Known_keys_are_not_slowed_while_an_unknown_one_is_waited_for()
    {
        await using var host = await BearerHost.StartAsync();
        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var next = new TokenMinter(host.Clock, TestKey.Get("next"));
        host.Endpoint.Publish(host.Minter.Key, next.Key);
        var gate = host.Endpoint.Hold();
        var unknown = host.GetAsync(next.MintPerson());

        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
        unknown.IsCompleted.ShouldBeFalse();
        gate.SetResult();
        (await unknown).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_outage_is_bridged_and_then_it_fails_closed_with_a_reason_of_its_own()
    {
        await using var host = await BearerHost.StartAsync();
        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
        host.Endpoint.Fail();
        host.Clock.Advance(TimeSpan.FromHours(24));
        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromHours(2));

        using var response = await host.GetAsync("/me", (CloudflareAccessDefaults.AssertionHeader, host.Minter.MintPerson()));
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
        var failure = host.LastFailure.ShouldBeOfType<CloudflareAccessKeysUnavailableException>();
        failure.RetryAfter.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
    }
}
