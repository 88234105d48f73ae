using Microsoft.Extensions.Logging;

namespace CfAccess.Documentation.Tests;

/// <summary>A row of the tables of log events. An event whose level depends on its cause has several.</summary>
internal sealed record EventRow(int Id, string Name, IReadOnlyList<LogLevel> Levels, string Category);
