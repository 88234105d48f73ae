using System.Reflection;
using CfAccess.Testing;
using CfAccess.Testing.Leaks;
using Microsoft.Extensions.Logging;

namespace CfAccess.EndToEnd.Tests.Docs;

/// <summary>
/// The page about operations lists every log event and no other. That its categories are right, and that nothing else is logged, is seen
/// where hosts run: each of them is under watch.
/// </summary>
public sealed class EventPageTests
{
    private const string OfTheFramework = "AuthenticationScheme";

    private static readonly Assembly[] Packages =
    [
        .. Directory.GetFiles(AppContext.BaseDirectory, "CfAccess.*.dll")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => Directory.Exists(RepositoryFile.Find($"src/{name}")))
            .Select(Assembly.Load),
    ];

    private static readonly LoggerMessageAttribute[] Events =
    [
        .. Packages.SelectMany(package => package.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>(),
    ];

    private static readonly IEnumerable<string> StableCategories = Packages.SelectMany(package => package.GetTypes())
        .Where(type => type.Name == "LogCategories")
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public))
        .Select(field => (string)field.GetRawConstantValue()!);

    private static readonly EventRow[] Rows =
        [.. EventTable.Rows.Where(row => !row.Name.StartsWith(OfTheFramework, StringComparison.Ordinal))];

    [Fact]
    public void Every_package_that_logs_is_looked_at()
    {
        var logging = Directory.GetFiles(RepositoryFile.Find("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("[LoggerMessage(", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(RepositoryFile.Find("src"), file).Split(Path.DirectorySeparatorChar)[0])
            .Distinct();

        logging.ShouldBeSubsetOf(Packages.Select(package => package.GetName().Name!));
        Events.Length.ShouldBeGreaterThan(30);
    }

    [Fact]
    public void No_two_events_share_an_id_or_a_name()
    {
        Repeated(Events.Select(one => $"{one.EventId}")).ShouldBeEmpty("Give one of the two another id, of its room's range in docs/operations.md.");
        Repeated(Events.Select(one => one.EventName!)).ShouldBeEmpty("Give one of the two another name.");
        Repeated(EventTable.Rows.Select(row => $"{row.Id}")).ShouldBeEmpty();

        static IEnumerable<string> Repeated(IEnumerable<string> all) => all.GroupBy(one => one).Where(group => group.Count() > 1).Select(group => group.Key);
    }

    [Fact]
    public void Every_event_is_listed_with_its_level()
    {
        var missing = Events.Where(one => !Rows.Any(row => row.Id == one.EventId && row.Name == one.EventName && IsLevel(row, one.Level)));

        string.Join('\n', missing.Select(one => EventTable.Line(
            one.EventId, one.EventName, one.Level == LogLevel.None ? "Information or Warning" : $"{one.Level}", "`CfAccess.category.of.its.logger`")))
            .ShouldBe(string.Empty, $"Add these lines to {EventTable.Page}, or correct them there.");
    }

    [Fact]
    public void No_other_is_listed() => string.Join('\n', Rows
        .Where(row => !Events.Any(one => one.EventId == row.Id && one.EventName == row.Name))
        .Select(row => $"| {row.Id} | `{row.Name}` |")).ShouldBe(string.Empty, $"Remove these lines from {EventTable.Page}.");

    [Fact]
    public void Every_category_is_of_a_logger() => EventTable.Rows.SelectMany(row => row.Categories).Distinct()
        .Where(category => Packages.All(package => package.GetType(category) is null)).ShouldBeSubsetOf(StableCategories);

    [Fact]
    public void Every_event_is_in_the_range_of_its_room()
    {
        var ranges = OperationsPage.Ranges.ToList();

        ranges.SelectMany(range => range.Ids).ShouldBe(EventTable.Rows.Select(row => row.Id));
        ranges.ShouldAllBe(range => range.Ids.All(id => id >= range.First && id <= range.Last));
        ranges.Zip(ranges.Skip(1)).ShouldAllBe(pair => pair.First.Last < pair.Second.First);
    }

    private static bool IsLevel(EventRow row, LogLevel level) => level == LogLevel.None ? row.Levels.Count > 1 : row.Levels.SequenceEqual([level]);
}
