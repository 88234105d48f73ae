using System.Net;
using System.Security.Cryptography;
using CfAccess.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Tokens.Cache;

/// <summary>What enters the cache, and what ends it there.</summary>
public sealed class TokenCacheTests
{
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_token_seen_before_is_let_in_without_cryptography()
    {
        await using var rig = await CacheRig.StartAsync();
        var token = rig.Host.Minter.MintPerson();

        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await rig.Host.GetAsync("/me", ("Cookie", $"CF_Authorization={token}"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        rig.Checks.Count.ShouldBe(1);
        (rig.Metrics.Hits, rig.Metrics.Misses, rig.Metrics.Entries).ShouldBe((2, 1, 1));
    }

    [Fact]
    public async Task Without_the_cache_every_request_is_checked()
    {
        await using var rig = await CacheRig.StartAsync(options => options.TokenCache.Enabled = false);
        var token = rig.Host.Minter.MintPerson();

        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);

        rig.Checks.Count.ShouldBe(2);
        (rig.Metrics.Hits, rig.Metrics.Misses, rig.Metrics.Entries).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task Only_validated_tokens_enter()
    {
        await using var rig = await CacheRig.StartAsync();
        var good = rig.Host.Minter.MintPerson();
        string[] bad =
        [
            "garbage",
            good[..^1],
            good[..^3] + (good.EndsWith("AAA", StringComparison.Ordinal) ? "BBA" : "AAA"),
            rig.Host.Minter.MintPerson(payload => payload["exp"] = 1),
            rig.Host.Minter.MintPerson(payload => payload["type"] = "org"),
            rig.Host.Minter.MintPerson(payload => payload["aud"] = TestTeam.OtherAudience),
            new TokenMinter(rig.Host.Clock, TestKey.Get("attacker")).MintPerson(),
        ];

        foreach (var token in bad)
        {
            (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
            (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
        }

        (rig.Metrics.Hits, rig.Metrics.Entries).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_token_ends_in_the_cache_in_the_very_tick_in_which_it_ends_outside()
    {
        await using var rig = await CacheRig.StartAsync();
        var token = rig.Host.Minter.MintPerson();
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);

        rig.Host.Clock.Advance(TimeSpan.FromHours(1) + Skew - TimeSpan.FromTicks(1));
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        rig.Checks.Count.ShouldBe(1);

        rig.Host.Clock.Advance(TimeSpan.FromTicks(1));
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
        rig.Host.LastReason.ShouldBe("expired");
        rig.Metrics.Entries.ShouldBe(0);
    }

    [Fact]
    public async Task A_token_of_the_last_year_there_is_can_be_kept()
    {
        await using var rig = await CacheRig.StartAsync();
        var token = rig.Host.Minter.MintPerson(payload => payload["exp"] = 253402300799);

        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        rig.Metrics.Hits.ShouldBe(1);
    }

    [Theory]
    [InlineData("nbf", "not_yet_valid")]
    [InlineData("iat", "issued_in_future")]
    public async Task A_clock_that_is_set_back_before_a_token_began_ends_it_until_it_has_begun(string member, string reason)
    {
        await using var rig = await CacheRig.StartAsync();
        var token = rig.Host.Minter.MintPerson(payload => payload.Remove(member == "nbf" ? "iat" : "nbf"));
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);

        rig.Host.Clock.AdjustTime(TestClock.DefaultStart - Skew);
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        rig.Host.Clock.AdjustTime(TestClock.DefaultStart - Skew - TimeSpan.FromTicks(1));
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
        rig.Host.LastReason.ShouldBe(reason);
        rig.Host.Clock.AdjustTime(TestClock.DefaultStart);
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_key_that_leaves_the_set_ends_its_tokens()
    {
        await using var rig = await CacheRig.StartAsync();
        var token = rig.Host.Minter.MintPerson();
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);

        await rig.PublishAsync(TestKey.Get("previous"));

        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
        rig.Host.LastReason.ShouldBe("unknown_key");
        rig.Metrics.Entries.ShouldBe(0);
    }

    [Fact]
    public async Task Another_key_under_the_same_kid_ends_the_tokens_of_the_first()
    {
        await using var rig = await CacheRig.StartAsync();
        var token = rig.Host.Minter.MintPerson();
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        using var another = RSA.Create(2048);

        await rig.PublishAsync(TestKey.Of("current", another));

        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
        rig.Host.LastReason.ShouldBe("bad_signature");
    }

    [Fact]
    public async Task A_key_that_is_published_again_keeps_its_tokens()
    {
        await using var rig = await CacheRig.StartAsync();
        var token = rig.Host.Minter.MintPerson();
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);

        await rig.PublishAsync(TestKey.Get("current"), TestKey.Get("next"));

        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        rig.Metrics.Hits.ShouldBe(1);
        rig.Checks.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_key_that_comes_back_has_to_be_shown_again()
    {
        await using var rig = await CacheRig.StartAsync();
        var token = rig.Host.Minter.MintPerson();
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);

        await rig.PublishAsync(TestKey.Get("previous"));
        await rig.PublishAsync(TestKey.Get("current"));

        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        (rig.Metrics.Hits, rig.Metrics.Misses).ShouldBe((0, 2));
    }

    [Fact]
    public async Task A_key_set_that_grows_too_old_ends_its_tokens_until_it_is_fetched_again()
    {
        await using var rig = await CacheRig.StartAsync();
        var token = rig.Host.Minter.MintPerson(payload => payload["exp"] = TestClock.DefaultStart.AddDays(30).ToUnixTimeSeconds());
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        rig.Host.Endpoint.Fail();

        rig.Host.Clock.AdjustTime(TestClock.DefaultStart + TimeSpan.FromHours(25) - TimeSpan.FromTicks(1));
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        rig.Checks.Count.ShouldBe(1);
        rig.Host.Clock.AdjustTime(TestClock.DefaultStart + TimeSpan.FromHours(25));
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.ServiceUnavailable);

        rig.Host.Endpoint.Publish(TestKey.Get("current"));
        rig.Host.Clock.Advance(TimeSpan.FromSeconds(10));
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_hit_starts_the_refresh_that_is_due()
    {
        await using var rig = await CacheRig.StartAsync();
        var token = rig.Host.Minter.MintPerson(payload => payload["exp"] = TestClock.DefaultStart.AddDays(1).ToUnixTimeSeconds());
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);

        rig.Host.Clock.AdjustTime(TestClock.DefaultStart + TimeSpan.FromHours(2));
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);

        rig.Metrics.Hits.ShouldBe(1);
        await rig.Host.Fetches.EndedAsync(2);
    }

    [Fact]
    public async Task What_one_scheme_found_good_another_still_judges()
    {
        await using var rig = await CacheRig.StartAsync(
            build: builder => builder.Services.AddAuthentication().AddCloudflareAccess("Other", options =>
            {
                options.TeamDomain = "acme";
                options.Audiences = [TestTeam.OtherAudience];
                options.Keys.Prewarm = CloudflareAccessPrewarm.Off;
            }));
        var token = rig.Host.Minter.MintPerson();
        (await rig.IsGoodAsync(token)).ShouldBeTrue();

        var other = rig.Host.Services.GetRequiredService<AccessSchemes>().Get("Other");
        var outcome = await other.ValidateAsync(token, CancellationToken.None);

        outcome.Succeeded.ShouldBeFalse();
        outcome.Failure.Word.ShouldBe("wrong_audience");
    }

    [Fact]
    public async Task A_token_that_ends_like_a_good_one_is_another()
    {
        await using var rig = await CacheRig.StartAsync();
        var good = rig.Host.Minter.MintPerson();
        (await rig.StatusAsync(good)).ShouldBe(HttpStatusCode.OK);
        var forged = rig.Host.Minter.MintPerson(payload => payload["email"] = "mallory@example.com");
        forged = forged[..(forged.LastIndexOf('.') + 1)] + good[(good.LastIndexOf('.') + 1)..];

        (await rig.StatusAsync(forged)).ShouldBe(HttpStatusCode.Unauthorized);
        rig.Host.LastReason.ShouldBe("bad_signature");
    }
}
