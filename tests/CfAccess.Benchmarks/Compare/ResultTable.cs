using System.Globalization;

namespace CfAccess.Benchmarks.Compare;

/// <summary>The comparison as a table of Markdown.</summary>
internal static class ResultTable
{
    public static void Write(TextWriter writer, string machine, IEnumerable<Measurement> all)
    {
        writer.WriteLine(machine);
        writer.WriteLine();
        writer.WriteLine("| case | figure | measured | target | |");
        writer.WriteLine("|---|---|---|---|---|");
        foreach (var measurement in all)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {measurement.Case} | {measurement.Of} | {Figure(measurement.Value, measurement.Unit)} ")
                + $"| ≤ {Figure(measurement.Target, measurement.Unit)} | {(measurement.IsMet ? "pass" : "MISS")} |");
        }

        writer.WriteLine();
        foreach (var group in all.Where(measurement => measurement.Rounds.Count > 0).DistinctBy(measurement => measurement.Case))
        {
            writer.WriteLine($"{group.Case}, medians in µs: {string.Join(", ", group.Rounds.Select(Median))}");
        }

        writer.WriteLine();
    }

    private static string Median(KeyValuePair<string, IReadOnlyList<double>> column) =>
        string.Create(CultureInfo.InvariantCulture, $"{column.Key} {column.Value.Order().ElementAt(column.Value.Count / 2):0.00}");

    private static string Figure(double value, string unit) =>
        value.ToString(value >= 100 ? "0" : "0.###", CultureInfo.InvariantCulture) + (unit.Length > 0 ? " " + unit : string.Empty);
}
