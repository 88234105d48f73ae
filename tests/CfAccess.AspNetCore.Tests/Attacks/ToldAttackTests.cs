using CfAccess.Testing.Attacks;

namespace CfAccess.AspNetCore.Tests.Attacks;

/// <summary>Every attack where <c>IncludeErrorDetails</c> is on.</summary>
[Trait("Duration", "Long")]
public sealed class ToldAttackTests(TellingAttackHosts hosts) : IClassFixture<TellingAttackHosts>
{
    public static IEnumerable<TheoryDataRow<string>> Attacks => AttackRows.All.Where(row => !AttackCorpus.Get(row.Data).IsSweep);

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task A_caller_who_is_told_why_is_told_the_reason_and_nothing_else(string name)
    {
        var attack = AttackCorpus.Get(name);
        (await AttackTrial.RunAsync(await hosts.GetAsync(attack.Setting), attack)).ShouldBeEmpty();
    }
}
