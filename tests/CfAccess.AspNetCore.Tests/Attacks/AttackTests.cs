using CfAccess.Testing.Attacks;

namespace CfAccess.AspNetCore.Tests.Attacks;

/// <summary>
/// Every attack in-process: the good request is let in, and the same request spoilt in one way is refused for its reason, without a body, a
/// call, an exception, or a word of what the client chose.
/// </summary>
[Trait("Duration", "Long")]
public sealed class AttackTests(InProcessAttackHosts hosts) : IClassFixture<InProcessAttackHosts>
{
    public static IEnumerable<TheoryDataRow<string>> Attacks => AttackRows.All;

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task A_request_that_is_wrong_in_one_way_is_refused(string name)
    {
        var attack = AttackCorpus.Get(name);
        (await AttackTrial.RunAsync(await hosts.GetAsync(attack.Setting), attack)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task A_request_that_is_wrong_in_one_way_is_refused_without_the_cache(string name)
    {
        var attack = AttackCorpus.Get(name);
        (await AttackTrial.RunAsync(await hosts.GetAsync(attack.Setting, caches: false), attack)).ShouldBeEmpty();
    }
}
