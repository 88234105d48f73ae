namespace CfAccess.Benchmarks.Compare;

/// <summary>One line of the comparison: what was measured, in every raw round, and whether it is within its target.</summary>
/// <param name="Case">What is compared.</param>
/// <param name="Of">Which figure of it.</param>
/// <param name="Unit">The unit of the figure; empty for a ratio.</param>
/// <param name="Value">The figure.</param>
/// <param name="Target">The most that it may be.</param>
/// <param name="Rounds">The raw rounds: a column for each party, in the unit that its name tells.</param>
internal sealed record Measurement(
    string Case, string Of, string Unit, double Value, double Target, IReadOnlyDictionary<string, IReadOnlyList<double>> Rounds)
{
    public bool IsMet => Value <= Target;

    /// <summary>A figure that is the same in every round, or needs none.</summary>
    public static Measurement Single(string name, string of, string unit, double value, double target) =>
        new(name, of, unit, value, target, new Dictionary<string, IReadOnlyList<double>>());
}
