using System.Net;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.Tokens;

/// <summary>A key id that was asked for in vain decides, until its cool-down is over, whatever else its tokens say.</summary>
public sealed class RefusedKeyTokenTests
{
    private const string Unread = "{";

    [Fact]
    public async Task A_token_of_a_key_that_was_just_refused_is_refused_without_being_read_and_without_a_fetch()
    {
        await using var host = await StartAsync();
        var stranger = new TokenMinter(host.Clock, TestKey.Get("stranger"));
        (await ReasonAsync(host, stranger.MintPerson())).ShouldBe("unknown_key");
        var fetches = host.Endpoint.Count;

        (await ReasonAsync(host, stranger.MintPerson(payload => payload["exp"] = 1))).ShouldBe("unknown_key");
        (await ReasonAsync(host, stranger.Sign(stranger.Header().ToJsonString(), Unread))).ShouldBe("unknown_key");

        host.Endpoint.Count.ShouldBe(fetches);
        host.Fetches.SuppressedCount.ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_of_it_is_left_once_the_cool_down_is_over()
    {
        await using var host = await StartAsync();
        var stranger = new TokenMinter(host.Clock, TestKey.Get("stranger"));
        (await ReasonAsync(host, stranger.MintPerson())).ShouldBe("unknown_key");

        host.Clock.Advance(new CloudflareAccessKeyOptions().Cooldown);

        (await ReasonAsync(host, stranger.MintPerson(payload => payload["exp"] = 1))).ShouldBe("expired");
        (await ReasonAsync(host, stranger.Sign(stranger.Header().ToJsonString(), Unread))).ShouldBe("malformed");
    }

    [Fact]
    public async Task A_token_of_another_unknown_key_is_read()
    {
        await using var host = await StartAsync();
        (await ReasonAsync(host, new TokenMinter(host.Clock, TestKey.Get("stranger")).MintPerson())).ShouldBe("unknown_key");

        var another = new TokenMinter(host.Clock, TestKey.Get("next"));

        (await ReasonAsync(host, another.MintPerson(payload => payload["exp"] = 1))).ShouldBe("expired");
    }

    [Fact]
    public async Task While_the_last_fetch_failed_the_keys_are_not_current()
    {
        await using var host = await StartAsync();
        host.Endpoint.AnswerWith("no", HttpStatusCode.InternalServerError);
        var stranger = new TokenMinter(host.Clock, TestKey.Get("stranger"));
        (await ReasonAsync(host, stranger.MintPerson())).ShouldBe("keys_not_current");

        (await ReasonAsync(host, stranger.Sign(stranger.Header().ToJsonString(), Unread))).ShouldBe("keys_not_current");
    }

    [Fact]
    public async Task A_key_that_is_published_after_all_is_good_from_then_on()
    {
        await using var host = await StartAsync();
        var next = new TokenMinter(host.Clock, TestKey.Get("next"));
        (await ReasonAsync(host, next.MintPerson())).ShouldBe("unknown_key");
        host.Endpoint.Publish(TestKey.Get("current"), TestKey.Get("next"));

        host.Clock.Advance(new CloudflareAccessKeyOptions().Cooldown);

        (await host.StatusAsync(next.MintPerson())).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(next.MintPerson())).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Of_several_teams_the_one_that_a_token_names_is_asked_so_it_is_read()
    {
        await using var host = await StartAsync(options =>
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
        (await ReasonAsync(host, stranger.MintPerson())).ShouldBe("unknown_key");

        (await ReasonAsync(host, stranger.MintPerson(payload => payload["exp"] = 1))).ShouldBe("expired");
        (await ReasonAsync(host, stranger.MintPerson(payload => payload["iss"] = "https://nobody.cloudflareaccess.com"))).ShouldBe("unknown_issuer");
    }

    /// <summary>A host that holds keys, and whose cool-down is over.</summary>
    private static async Task<AccessHost> StartAsync(Action<CloudflareAccessOptions>? configure = null)
    {
        var host = await AccessHost.StartAsync(configure);
        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
        host.Clock.Advance(new CloudflareAccessKeyOptions().Cooldown);
        return host;
    }

    private static async Task<string?> ReasonAsync(AccessHost host, string token)
    {
        (await host.StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
        return host.LastReason;
    }
}
