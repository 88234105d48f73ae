using System.Globalization;
using System.Text;
using CfAccess.AspNetCore.Claims;
using CfAccess.AspNetCore.Tokens;
using CfAccess.AspNetCore.Tokens.Cache;
using CfAccess.Testing;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Tests.Tokens.Cache;

/// <summary>The structure below the cache: what it finds, what it lets go, and that it does so under many threads.</summary>
public sealed class TokenTableTests
{
    private const int Bytes = 2000;

    /// <summary>As much of a token's end as decides where it is kept, and so the same place for all that end with it.</summary>
    private const string SameEnd = ".0123456789abcdef";

    [Theory]
    [InlineData("a.b.c", true)]
    [InlineData("a.b.C", false)]
    [InlineData("a.b.c\0", false)]
    [InlineData("a.b.c\u00ad", false)]
    [InlineData("a.b.\u0163", false)]
    [InlineData("a.b", false)]
    [InlineData("", false)]
    public void A_token_is_found_by_its_own_text_only(string text, bool isFound)
    {
        var table = new TokenTable(10, Bytes);
        var validated = Validated("a.b.c");
        table.Add("a.b.c", validated, Bytes);

        (table.Find(text)?.Validated == validated).ShouldBe(isFound);
    }

    [Fact]
    public void Tokens_that_end_alike_are_different_tokens()
    {
        var table = new TokenTable(100, 100 * Bytes);
        var (one, other) = (Validated("one" + SameEnd), Validated("two" + SameEnd));
        table.Add("one" + SameEnd, one, Bytes);
        table.Add("two" + SameEnd, other, Bytes);

        table.Find("one" + SameEnd)!.Validated.ShouldBeSameAs(one);
        table.Find("two" + SameEnd)!.Validated.ShouldBeSameAs(other);
        table.Find("six" + SameEnd).ShouldBeNull();
    }

    [Fact]
    public void A_token_that_is_kept_again_takes_its_own_place()
    {
        var table = new TokenTable(10, 10 * Bytes);
        var again = Validated("token");
        Keep(table, "token", Bytes);
        table.Add("token", again, Bytes);

        table.Count.ShouldBe(1);
        table.Find("token")!.Validated.ShouldBeSameAs(again);
        for (var number = 0; number < 9; number++)
        {
            Keep(table, Name(number), Bytes);
        }

        table.Count.ShouldBe(10);
    }

    [Fact]
    public void A_full_table_keeps_a_new_token_at_once_and_no_more_than_it_may()
    {
        var table = new TokenTable(100, long.MaxValue);
        for (var number = 0; number < 1000; number++)
        {
            Keep(table, Name(number), Bytes);
            table.Find(Name(number)).ShouldNotBeNull();
            table.Count.ShouldBeLessThanOrEqualTo(100);
        }

        table.Count.ShouldBeGreaterThan(80);
    }

    [Fact]
    public void Its_bytes_are_bounded_too()
    {
        var table = new TokenTable(1000, 10 * Bytes);
        for (var number = 0; number < 100; number++)
        {
            Keep(table, Name(number), Bytes);
            table.Count.ShouldBe(Math.Min(number + 1, 10));
        }

        Keep(table, "half of it", 5 * Bytes);
        table.Count.ShouldBe(6);
        Keep(table, "more than there is", (10 * Bytes) + 1);
        table.Find("more than there is").ShouldBeNull();
        table.Count.ShouldBe(6);
        Keep(table, "all of it", 10 * Bytes);
        table.Count.ShouldBe(1);
    }

    [Fact]
    public void What_nobody_asked_for_leaves_before_what_is_in_use()
    {
        var table = new TokenTable(100, long.MaxValue);
        for (var number = 0; number < 10; number++)
        {
            Keep(table, Name(number), Bytes);
        }

        for (var number = 10; number < 5000; number++)
        {
            for (var hot = 0; hot < 10; hot++)
            {
                table.Find(Name(hot)).ShouldNotBeNull();
            }

            Keep(table, Name(number), Bytes);
        }
    }

    [Fact]
    public void Where_all_are_in_use_one_leaves_all_the_same()
    {
        var table = new TokenTable(100, long.MaxValue);
        for (var number = 0; number < 1000; number++)
        {
            Keep(table, Name(number), Bytes);
            for (var earlier = 0; earlier <= number; earlier++)
            {
                table.Find(Name(earlier));
            }
        }

        table.Count.ShouldBeInRange(80, 100);
    }

    [Fact]
    public void Of_more_tokens_than_one_place_holds_those_in_use_stay()
    {
        var table = new TokenTable(1000, long.MaxValue);
        for (var number = 0; number < 100; number++)
        {
            Keep(table, Name(number) + SameEnd, Bytes);
            table.Find(Name(0) + SameEnd).ShouldNotBeNull();
        }

        table.Count.ShouldBe(8);
    }

    [Fact]
    public void What_is_removed_is_gone_and_makes_room()
    {
        var table = new TokenTable(1, Bytes);
        Keep(table, "one", Bytes);
        var entry = table.Find("one")!;

        table.Remove(entry);
        table.Remove(entry);

        table.Find("one").ShouldBeNull();
        table.Count.ShouldBe(0);
        Keep(table, "two", Bytes);
        table.Find("two").ShouldNotBeNull();
        table.Remove(entry);
        table.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Many_threads_find_nothing_but_what_they_kept()
    {
        const int tokens = 400;
        var table = new TokenTable(100, 90 * Bytes);
        var kept = Enumerable.Range(0, tokens).Select(number => Validated(Name(number))).ToArray();
        var found = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (var round = 0; round < 20_000; round++)
            {
                var number = ((round * 7) + (thread * 31)) % (round % 2 == 0 ? tokens : 20);
                if (table.Find(Name(number)) is not { } entry)
                {
                    table.Add(Name(number), kept[number], Bytes);
                    continue;
                }

                entry.Validated.ShouldBeSameAs(kept[number]);
                Interlocked.Increment(ref found);
                if (round % 5 == 0)
                {
                    table.Remove(entry);
                }
            }
        })));

        found.ShouldBePositive();
        table.Count.ShouldBe(Enumerable.Range(0, tokens).Count(number => table.Find(Name(number)) is not null));
        table.Count.ShouldBeLessThanOrEqualTo(90);
    }

    private static string Name(int number) => number.ToString("00000", CultureInfo.InvariantCulture);

    private static void Keep(TokenTable table, string token, long bytes) => table.Add(token, Validated(token), bytes);

    private static ValidatedToken Validated(string token)
    {
        var caller = new PrincipalTemplate(
            "scheme",
            Encoding.ASCII.GetBytes(token),
            [],
            "email",
            "groups",
            "groups",
            AccessCallerKind.User,
            TestTeam.Issuer,
            isOneOfSeveralTeams: false,
            expiration: default,
            person: null);
        return new ValidatedToken(caller, default, null!, new RsaSecurityKey(TestKey.Get("current").Rsa));
    }
}
