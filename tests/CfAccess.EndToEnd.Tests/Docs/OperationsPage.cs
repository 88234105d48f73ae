using System.Text.RegularExpressions;
using CfAccess.Testing;
using CfAccess.Testing.Leaks;

namespace CfAccess.EndToEnd.Tests.Docs;

/// <summary>The tables of docs/operations.md.</summary>
internal static partial class OperationsPage
{
    public static string Text { get; } = File.ReadAllText(RepositoryFile.Find(EventTable.Page)).ReplaceLineEndings("\n");

    /// <summary>The words of the reasons, and the status of the answer.</summary>
    public static IReadOnlyList<(string Word, string Status)> Reasons { get; } =
        [.. Reason.Matches(Text).Select(row => (row.Groups[1].Value, row.Groups[2].Value))];

    public static IReadOnlyList<InstrumentRow> Instruments { get; } = [.. Instrument.Matches(Text).Select(row => new InstrumentRow(
        row.Groups[1].Value,
        row.Groups[2].Value,
        row.Groups[3].Value.Trim('`'),
        row.Groups[4].Value is "none" ? [] : row.Groups[4].Value.Split("<br>").Select(ReadTag).ToDictionary()))];

    /// <summary>The names of activities, with their tags.</summary>
    public static IReadOnlyDictionary<string, string[]> Activities { get; } = Activity.Matches(Text).ToDictionary(
        row => row.Groups[1].Value, row => Words(row.Groups[2].Value));

    /// <summary>The ranges of ids, and the ids below each.</summary>
    public static IEnumerable<(int First, int Last, int[] Ids)> Ranges => RangeHeading.Matches(Text).Select(heading =>
    {
        var rest = Text[(heading.Index + heading.Length)..];
        var section = rest.IndexOf("\n#", StringComparison.Ordinal) is >= 0 and var end ? rest[..end] : rest;
        return (
            int.Parse(heading.Groups[1].Value, null),
            int.Parse(heading.Groups[2].Value, null),
            IdCell.Matches(section).Select(cell => int.Parse(cell.Groups[1].Value, null)).ToArray());
    });

    /// <summary>The closed set of a tag's values, or of the reasons; none where an operator or a document chooses them.</summary>
    private static (string Key, string[] Values) ReadTag(string cell)
    {
        var parts = cell.Split(": ", 2);
        return (parts[0].Trim('`'), parts[1].Contains("(#reasons)", StringComparison.Ordinal) ? [.. Reasons.Select(reason => reason.Word)] : Words(parts[1]));
    }

    private static string[] Words(string cell) => [.. Word.Matches(cell).Select(word => word.Groups[1].Value)];

    [GeneratedRegex(@"^\| `(\w+)` \| (401|503) \|", RegexOptions.Multiline)]
    private static partial Regex Reason { get; }

    [GeneratedRegex(@"^\| `(cloudflare_access\.[\w.]+)` \| (\w+) \| ([^|]+) \| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Instrument { get; }

    [GeneratedRegex(@"^\| `(CloudflareAccess\.\w+)` \| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Activity { get; }

    [GeneratedRegex(@"^### .+, (\d+) to (\d+)$", RegexOptions.Multiline)]
    private static partial Regex RangeHeading { get; }

    [GeneratedRegex(@"^\| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex IdCell { get; }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Word { get; }
}
