using Microsoft.Extensions.Logging;

namespace CfAccess.Testing;

/// <summary>One log event.</summary>
public sealed record LogEntry(string Category, LogLevel Level, string? Event, string Message, Exception? Exception);
