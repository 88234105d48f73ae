using Microsoft.Extensions.Logging;

namespace CfAccess.Testing.Leaks;

/// <summary>A row of the table of log events.</summary>
public sealed record EventRow(int Id, string Name, IReadOnlyList<LogLevel> Levels, IReadOnlyList<string> Categories)
{
    public IEnumerable<EventKind> Kinds => Categories.SelectMany(category => Levels.Select(level => new EventKind(category, Id, Name, level)));
}
