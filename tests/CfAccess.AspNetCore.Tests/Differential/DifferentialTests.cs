using System.Globalization;

namespace CfAccess.AspNetCore.Tests.Differential;

/// <summary>
/// The library beside <c>JwtSecurityTokenHandler</c> and <c>JsonWebTokenHandler</c> with textbook parameters, over tokens that differ
/// from good ones in one way or two.
/// </summary>
[Trait("Duration", "Long")]
public sealed class DifferentialTests(Verdicts verdicts, ITestOutputHelper output)
{
    [Fact]
    public async Task Every_good_token_is_accepted_by_all_three()
    {
        var good = (await TellAsync()).Where(verdict => verdict.Twists == 0).ToList();
        good.Where(verdict => !verdict.IsAccepted || !verdict.OlderAccepts || !verdict.NewerAccepts).ShouldBeEmpty();
        good.Count.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Nothing_is_accepted_that_both_handlers_reject_except_for_members_that_nobody_reads()
    {
        var looser = (await TellAsync()).Where(verdict => verdict is { IsAccepted: true, OlderAccepts: false, NewerAccepts: false }).ToList();
        looser.Where(verdict => !LooserRules.All.Any(rule => rule.Applies(verdict.Specimen))).ShouldBeEmpty();
        foreach (var rule in LooserRules.All)
        {
            looser.ShouldContain(verdict => rule.Applies(verdict.Specimen), rule.Name);
        }
    }

    [Fact]
    public async Task What_is_refused_though_a_handler_accepts_it_is_against_exactly_one_rule()
    {
        var stricter = (await TellAsync()).Where(verdict => verdict is { IsStricter: true, Twists: 1 }).ToList();
        stricter.Where(verdict => verdict.Rules.Count != 1).ShouldBeEmpty();
        stricter.Count.ShouldBeGreaterThan(500);
    }

    [Fact]
    public async Task What_is_refused_for_two_things_though_a_handler_accepts_it_is_against_a_rule() =>
        (await TellAsync()).Where(verdict => verdict is { IsStricter: true, Twists: 2, Rules.Count: 0 }).ShouldBeEmpty();

    [Fact]
    public async Task Every_rule_is_needed_and_none_is_broader_than_what_is_refused()
    {
        var all = await TellAsync();
        all.Where(verdict => verdict is { IsAccepted: true, Rules.Count: > 0 }).ShouldBeEmpty();
        foreach (var rule in StricterRules.All)
        {
            var hits = all.Where(verdict => verdict is { IsStricter: true, Rules: [var only] } && only == rule).ToList();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{hits.Count,5}  {rule}"));
            hits.ShouldNotBeEmpty(rule.Name);
        }
    }

    private async Task<IReadOnlyList<Verdict>> TellAsync()
    {
        var all = await verdicts.AllAsync();
        output.WriteLine($"To replay: {verdicts.Seed}");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{all.Count} tokens, {all.Count(verdict => verdict.IsAccepted)} accepted, ")
            + string.Create(
                CultureInfo.InvariantCulture, $"{all.Count(verdict => verdict.IsStricter)} refused though a handler accepts them"));
        return all;
    }
}
