using System.Globalization;
using CfAccess.Testing.Attacks;

namespace CfAccess.EndToEnd.Tests.Attacks;

/// <summary>Every attack that can be written to a socket, on Kestrel, with limits raised so that the large ones arrive.</summary>
public sealed class AttackTests(ListeningAttackHosts hosts) : IClassFixture<ListeningAttackHosts>
{
    public static IEnumerable<TheoryDataRow<string>> Attacks => AttackCorpus.All
        .Where(attack => !attack.IsInProcessOnly)
        .Select(attack =>
            new TheoryDataRow<string>(attack.ToString()).WithTrait("attack", attack.Line.ToString(CultureInfo.InvariantCulture)));

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task A_request_that_is_wrong_in_one_way_is_refused_over_http(string name)
    {
        var attack = AttackCorpus.Get(name);
        (await AttackTrial.RunAsync(await hosts.GetAsync(attack.Setting), attack)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task A_request_that_is_wrong_in_one_way_is_refused_over_http_without_the_cache(string name)
    {
        var attack = AttackCorpus.Get(name);
        (await AttackTrial.RunAsync(await hosts.GetAsync(attack.Setting, caches: false), attack)).ShouldBeEmpty();
    }
}
