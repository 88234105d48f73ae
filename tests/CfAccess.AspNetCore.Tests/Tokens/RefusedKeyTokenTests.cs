using System.Net;
using CfAccess.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Tokens;

/// <summary>While no fetch may be made for an unknown key, it alone decides, whatever else its token says.</summary>
public sealed class RefusedKeyTokenTests
{
    private const string Unread = "{";

    [Fact]
    public async Task A_token_of_an_unknown_key_is_refused_without_being_read_and_without_a_fetch()
    {
        await using var host = await StartCoolingAsync();
        var fetches = host.Endpoint.Count;

        foreach (var key in new[] { "stranger", "next" })
        {
            var minter = new TokenMinter(host.Clock, TestKey.Get(key));
            (await ReasonAsync(host, minter.MintPerson(payload => payload["exp"] = 1))).ShouldBe("unknown_key");
            (await ReasonAsync(host, minter.Sign(minter.Header().ToJsonString(), Unread))).ShouldBe("unknown_key");
        }

        host.Endpoint.Count.ShouldBe(fetches);
        host.Fetches.SuppressedCount.ShouldBe(4);
    }

    [Fact]
    public async Task A_token_of_a_known_key_is_judged_as_ever()
    {
        await using var host = await StartCoolingAsync();

        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
        (await ReasonAsync(host, host.Minter.MintPerson(payload => payload["exp"] = 1))).ShouldBe("expired");
        (await ReasonAsync(host, host.Minter.Sign(host.Minter.Header().ToJsonString(), Unread))).ShouldBe("malformed");
        host.Fetches.SuppressedCount.ShouldBe(0);
    }

    [Fact]
    public async Task Once_the_cool_down_is_over_a_token_is_read_before_keys_are_fetched_for_it()
    {
        await using var host = await StartCoolingAsync();
        var fetches = host.Endpoint.Count;
        var stranger = new TokenMinter(host.Clock, TestKey.Get("stranger"));

        host.Clock.Advance(new CloudflareAccessKeyOptions().Cooldown - TimeSpan.FromTicks(1));
        (await ReasonAsync(host, stranger.MintPerson(payload => payload["exp"] = 1))).ShouldBe("unknown_key");
        host.Clock.Advance(TimeSpan.FromTicks(1));

        (await ReasonAsync(host, stranger.MintPerson(payload => payload["exp"] = 1))).ShouldBe("expired");
        (await ReasonAsync(host, stranger.Sign(stranger.Header().ToJsonString(), Unread))).ShouldBe("malformed");
        host.Endpoint.Count.ShouldBe(fetches);
    }

    [Fact]
    public async Task Before_any_keys_are_held_a_token_is_read()
    {
        await using var host = await AccessHost.StartAsync();
        host.Endpoint.AnswerWith("no", HttpStatusCode.InternalServerError);
        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.ServiceUnavailable);

        (await ReasonAsync(host, host.Minter.MintPerson(payload => payload["exp"] = 1))).ShouldBe("expired");
        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task While_a_fetch_is_in_flight_a_token_that_would_pass_waits_for_it()
    {
        await using var host = await StartCoolingAsync();
        var next = new TokenMinter(host.Clock, TestKey.Get("next"));
        host.Endpoint.Publish(TestKey.Get("current"), TestKey.Get("next"));

        host.Clock.Advance(new CloudflareAccessKeyOptions().Cooldown);
        var gate = host.Endpoint.Hold();
        var validator = host.Services.GetRequiredService<ICloudflareAccessTokenValidator>();
        var first = validator.ValidateAsync(next.MintPerson());
        var second = validator.ValidateAsync(next.MintPerson(payload => payload["country"] = "DE"));
        second.IsCompleted.ShouldBeFalse();
        gate.SetResult();

        (await first).Succeeded.ShouldBeTrue();
        (await second).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Where_the_last_fetch_failed_the_keys_are_not_current()
    {
        await using var host = await StartCoolingAsync(endpoint => endpoint.AnswerWith("no", HttpStatusCode.InternalServerError), "keys_not_current");
        var stranger = new TokenMinter(host.Clock, TestKey.Get("stranger"));

        (await ReasonAsync(host, stranger.Sign(stranger.Header().ToJsonString(), Unread))).ShouldBe("keys_not_current");
    }

    [Fact]
    public async Task Of_several_teams_the_one_that_a_token_names_is_asked_so_it_is_read()
    {
        await using var host = await StartCoolingAsync(configure: options =>
        {
            options.TeamDomain = null;
            options.Audiences = [];
            options.Teams =
            [
                new() { TeamDomain = "acme", Audiences = [TestTeam.Audience] },
                new() { TeamDomain = "partner", Audiences = [TestTeam.Audience] },
            ];
        });
        var stranger = new TokenMinter(host.Clock, TestKey.Get("stranger"));

        (await ReasonAsync(host, stranger.MintPerson(payload => payload["exp"] = 1))).ShouldBe("expired");
        (await ReasonAsync(host, stranger.MintPerson(payload => payload["iss"] = "https://nobody.cloudflareaccess.com"))).ShouldBe("unknown_issuer");
    }

    /// <summary>A host that holds keys, and just fetched them once more for a key that nobody publishes.</summary>
    private static async Task<AccessHost> StartCoolingAsync(
        Action<KeysEndpoint>? spoil = null, string reason = "unknown_key", Action<CloudflareAccessOptions>? configure = null)
    {
        var host = await AccessHost.StartAsync(configure);
        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
        host.Clock.Advance(new CloudflareAccessKeyOptions().Cooldown);
        spoil?.Invoke(host.Endpoint);
        (await ReasonAsync(host, new TokenMinter(host.Clock, TestKey.Get("attacker")).MintPerson())).ShouldBe(reason);
        return host;
    }

    private static async Task<string?> ReasonAsync(AccessHost host, string token)
    {
        (await host.StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
        return host.LastReason;
    }
}
