using System.Globalization;
using System.Reflection;
using CfAccess.Testing.Attacks;

namespace CfAccess.AspNetCore.Tests.Attacks;

/// <summary>That the list of attacks is covered: by the corpus, or by a test that carries the line as a trait.</summary>
public sealed class AttackListTests
{
    /// <summary>Line 16 needs a real key endpoint. It is tested from end to end.</summary>
    private static readonly int[] Lines = [.. Enumerable.Range(1, 35).Except([16])];

    [Fact]
    public void No_line_of_the_list_lacks_a_test()
    {
        var marked =
            from type in typeof(AttackListTests).Assembly.GetTypes()
            from method in type.GetMethods()
            from trait in type.GetCustomAttributes<TraitAttribute>().Concat(method.GetCustomAttributes<TraitAttribute>())
            where trait.Name == AttackRows.Trait
            select int.Parse(trait.Value, CultureInfo.InvariantCulture);

        Lines.Except(AttackCorpus.All.Select(attack => attack.Line).Concat(marked)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_row_of_the_corpus_carries_its_line_as_a_trait() =>
        AttackRows.All.ShouldAllBe(row => row.Traits![AttackRows.Trait].Single() + ":" == row.Data.Split(' ')[0]);

    [Theory]
    [InlineData(1, 16)]
    [InlineData(2, 12)]
    [InlineData(3, 23)]
    [InlineData(9, 29)]
    [InlineData(10, 80)]
    [InlineData(27, 100)]
    public void A_line_of_many_variants_keeps_them(int line, int atLeast) =>
        AttackCorpus.All.Count(attack => attack.Line == line).ShouldBeGreaterThanOrEqualTo(atLeast);
}
