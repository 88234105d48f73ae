using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace CfAccess.Testing.Leaks;

/// <summary>The log events that docs/operations.md lists.</summary>
public static partial class EventTable
{
    public const string Page = "docs/operations.md";

    public static IReadOnlyList<EventRow> Rows { get; } = [.. RowPattern().Matches(File.ReadAllText(RepositoryFile.Find(Page))).Select(Read)];

    private static readonly FrozenSet<EventKind> Kinds = Rows.SelectMany(row => row.Kinds).ToFrozenSet();

    /// <returns>What to do about an event that was logged but is not listed; nothing where it is.</returns>
    public static string? Complaint(EventKind kind) => Kinds.Contains(kind) ? null
        : $"{Page} does not list an event that was logged. Add to the table of its room, or correct there:\n{Line(kind.Id, kind.Name, $"{kind.Level}", $"`{kind.Category}`")}";

    public static string Line(int id, string? name, string levels, string categories) => string.Create(
        CultureInfo.InvariantCulture, $"| {id} | `{name}` | {levels} | {categories} | what it means | what to do |");

    private static EventRow Read(Match row) => new(
        int.Parse(row.Groups["id"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture),
        row.Groups["name"].Value,
        [.. row.Groups["levels"].Value.Split(" or ").Select(Enum.Parse<LogLevel>)],
        [.. row.Groups["categories"].Value.Split(", ").Select(category => category.Trim('`'))]);

    [GeneratedRegex(@"^\| (?<id>\d+) \| `(?<name>\w+)` \| (?<levels>[^|]+) \| (?<categories>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex RowPattern();
}
