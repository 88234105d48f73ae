using System.Globalization;
using System.Text.RegularExpressions;
using CfAccess.Testing;
using Microsoft.Extensions.Logging;

namespace CfAccess.Documentation.Tests;

/// <summary>The tables of docs/operations.md.</summary>
internal static partial class OperationsPage
{
    public const string Path = "docs/operations.md";

    public static string Text { get; } = File.ReadAllText(RepositoryFile.Find(Path)).ReplaceLineEndings("\n");

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

    public static IReadOnlyList<EventRow> Events { get; } = [.. Event.Matches(Text).Select(row => new EventRow(
        int.Parse(row.Groups["id"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture),
        row.Groups["name"].Value,
        [.. Level.Matches(row.Groups["levels"].Value).Select(level => Enum.Parse<LogLevel>(level.Value))],
        row.Groups["category"].Value))];

    /// <summary>The first word is the tag. Its values follow; none where an operator or a document chooses them.</summary>
    private static (string Key, string[] Values) ReadTag(string cell) =>
        (Words(cell)[0], cell.Contains("(#reasons)", StringComparison.Ordinal) ? [.. Reasons.Select(reason => reason.Word)] : Words(cell)[1..]);

    private static string[] Words(string cell) => [.. Word.Matches(cell).Select(word => word.Groups[1].Value)];

    [GeneratedRegex(@"^\| `(\w+)` \| (401|503) \|", RegexOptions.Multiline)]
    private static partial Regex Reason { get; }

    [GeneratedRegex(@"^\| `(cloudflare_access\.[\w.]+)` \| (\w+) \| ([^|]+) \| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Instrument { get; }

    [GeneratedRegex(@"^\| `(CloudflareAccess\.\w+)` \| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Activity { get; }

    [GeneratedRegex(@"^\| (?<id>\d+) \| `(?<name>\w+)` \| (?<levels>[^|]+) \| `(?<category>[^|`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Event { get; }

    [GeneratedRegex("[A-Z][a-z]+")]
    private static partial Regex Level { get; }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Word { get; }
}
