using System.Globalization;
using CfAccess.Testing.Attacks;

namespace CfAccess.AspNetCore.Tests.Attacks;

/// <summary>The corpus as rows of a theory, each marked with its line.</summary>
internal static class AttackRows
{
    public const string Trait = "attack";

    public static IEnumerable<TheoryDataRow<string>> All => AttackCorpus.All.Select(attack =>
        new TheoryDataRow<string>(attack.ToString()).WithTrait(Trait, attack.Line.ToString(CultureInfo.InvariantCulture)));
}
