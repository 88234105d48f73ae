using Microsoft.Extensions.Logging;

namespace CfAccess.Testing.Leaks;

/// <summary>A log event, whatever it says.</summary>
public readonly record struct EventKind(string Category, int Id, string? Name, LogLevel Level);
