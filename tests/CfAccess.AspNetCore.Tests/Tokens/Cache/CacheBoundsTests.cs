using System.Globalization;
using System.Net;
using CfAccess.AspNetCore.Tokens.Cache;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.Tokens.Cache;

/// <summary>That the cache stays within its bounds whatever comes, and keeps what is used.</summary>
public sealed class CacheBoundsTests
{
    private const int Room = 100;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task It_never_holds_more_tokens_than_it_may()
    {
        await using var rig = await CacheRig.StartAsync(options => options.TokenCache.MaximumEntries = Room);

        for (var number = 0; number < Room * 5; number++)
        {
            rig.Host.Clock.Advance(Moment);
            (await rig.IsGoodAsync(Token(rig, number))).ShouldBeTrue();
            rig.Metrics.Entries.ShouldBeLessThanOrEqualTo(Room);
        }

        rig.Metrics.Entries.ShouldBeGreaterThan(Room / 2);
    }

    [Fact]
    public async Task It_never_holds_more_bytes_than_it_may()
    {
        const int bytes = 256 * 1024;
        await using var rig = await CacheRig.StartAsync(options => options.TokenCache.MaximumBytes = bytes);
        var length = 0;

        for (var number = 0; number < 200; number++)
        {
            rig.Host.Clock.Advance(Moment);
            var token = Token(rig, number, padding: 2000);
            length = token.Length;
            (await rig.IsGoodAsync(token)).ShouldBeTrue();
            (rig.Metrics.Entries * length).ShouldBeLessThanOrEqualTo(bytes);
        }

        length.ShouldBeInRange(3000, TokenCache.LongestToken);
        rig.Metrics.Entries.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task A_churn_of_new_tokens_does_not_push_out_those_in_use()
    {
        await using var rig = await CacheRig.StartAsync(options => options.TokenCache.MaximumEntries = Room);
        var hot = Enumerable.Range(0, 10).Select(number => Token(rig, number)).ToList();
        foreach (var token in hot)
        {
            (await rig.IsGoodAsync(token)).ShouldBeTrue();
        }

        for (var number = 0; number < Room * 5; number++)
        {
            rig.Host.Clock.Advance(Moment);
            await rig.IsGoodAsync(Token(rig, hot.Count + number));
            var hits = rig.Metrics.Hits;
            rig.Host.Clock.Advance(Moment);
            await rig.IsGoodAsync(hot[number % hot.Count]);
            rig.Metrics.Hits.ShouldBe(hits + 1);
        }
    }

    [Fact]
    public async Task A_full_cache_keeps_the_very_next_token()
    {
        await using var rig = await CacheRig.StartAsync(options => options.TokenCache.MaximumEntries = Room);
        for (var number = 0; number <= Room; number++)
        {
            (await rig.IsGoodAsync(Token(rig, number))).ShouldBeTrue();
        }

        (await rig.IsGoodAsync(Token(rig, Room))).ShouldBeTrue();
        rig.Metrics.Hits.ShouldBe(1);
        rig.Metrics.Entries.ShouldBeLessThanOrEqualTo(Room);
    }

    [Fact]
    public async Task A_cache_of_one_is_a_cache()
    {
        await using var rig = await CacheRig.StartAsync(options => options.TokenCache.MaximumEntries = 1);
        var token = rig.Host.Minter.MintPerson();

        (await rig.IsGoodAsync(token)).ShouldBeTrue();
        (await rig.IsGoodAsync(token)).ShouldBeTrue();

        (rig.Metrics.Hits, rig.Metrics.Entries).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_token_of_more_than_4096_characters_is_let_in_and_not_kept()
    {
        await using var rig = await CacheRig.StartAsync();
        var sizes = Enumerable.Range(2350, 100).Select(padding => Token(rig, padding, padding)).ToList();
        var longest = sizes.Last(token => token.Length <= TokenCache.LongestToken);
        var tooLong = sizes.First(token => token.Length > TokenCache.LongestToken);
        tooLong.Length.ShouldBeLessThan(TokenCache.LongestToken + 4);

        foreach (var token in new[] { longest, longest, tooLong, tooLong })
        {
            (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        }

        (rig.Metrics.Hits, rig.Metrics.Misses, rig.Metrics.Entries).ShouldBe((1, 3, 1));
    }

    private static string Token(CacheRig rig, int number, int padding = 0) => rig.Host.Minter.MintPerson(payload =>
    {
        payload["email"] = string.Create(CultureInfo.InvariantCulture, $"{number}@example.com");
        payload["exp"] = TestClock.DefaultStart.AddHours(1).ToUnixTimeSeconds();
        payload["padding"] = new string('a', padding);
    });
}
