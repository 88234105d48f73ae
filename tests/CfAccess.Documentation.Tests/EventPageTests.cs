using System.Reflection;
using CfAccess.Testing;
using Microsoft.Extensions.Logging;

namespace CfAccess.Documentation.Tests;

/// <summary>The page about operations lists every log event with its level and category, and no other event.</summary>
public sealed class EventPageTests
{
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

    [Fact]
    public void Every_package_that_logs_is_checked()
    {
        var logging = Directory.GetFiles(RepositoryFile.Find("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("[LoggerMessage(", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(RepositoryFile.Find("src"), file).Split(Path.DirectorySeparatorChar)[0])
            .Distinct()
            .ToList();

        logging.ShouldNotBeEmpty();
        logging.ShouldBeSubsetOf(Packages.Select(package => package.GetName().Name!));
    }

    [Fact]
    public void Each_event_has_its_own_id_and_name()
    {
        Events.Select(one => one.EventId).ShouldBeUnique();
        Events.Select(one => one.EventName).ShouldBeUnique();
        OperationsPage.Events.Select(row => row.Id).ShouldBeUnique();
    }

    [Fact]
    public void Every_event_is_listed_with_its_level_and_no_other() => OperationsPage.Events
        .Select(row => (row.Id, row.Name, Level: row.Levels is [var level] ? level : LogLevel.None))
        .ShouldBe(Events.Select(one => (one.EventId, one.EventName!, one.Level)), ignoreOrder: true, OperationsPage.Path);

    [Fact]
    public void Every_event_is_listed_with_the_category_of_its_id() =>
        OperationsPage.Events.ShouldAllBe(row => EventCategories.Contains(row.Category, row.Id));

    [Fact]
    public void Every_category_is_listed() => OperationsPage.Events.Select(row => row.Category).Distinct()
        .ShouldBe(EventCategories.Published.Select(category => category.Name), ignoreOrder: true);
}
