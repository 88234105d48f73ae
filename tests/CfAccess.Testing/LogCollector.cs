using System.Collections.Concurrent;
using CfAccess.Testing.Leaks;
using Microsoft.Extensions.Logging;

namespace CfAccess.Testing;

/// <summary>
/// Keeps every log event of a host, at every level, and looks at all of it for secrets: message, state, scopes and exceptions. Its disposal
/// fails if an event of CfAccess was in a category to which it does not belong.
/// </summary>
public sealed class LogCollector : ILoggerProvider
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();
    private readonly ConcurrentDictionary<string, bool> _misplaced = new();
    private readonly Signal _logged = new();

    public IReadOnlyList<LogEntry> Entries => [.. _entries];

    /// <summary>The secrets that were logged.</summary>
    public LeakLedger Leaks { get; } = new();

    public IEnumerable<LogEntry> Named(string eventName) => Entries.Where(entry => entry.Event == eventName);

    /// <summary>Waits until an event of that name was logged.</summary>
    public async Task WaitForAsync(string eventName)
    {
        for (var seen = _logged.Count; !Named(eventName).Any(); seen++)
        {
            await _logged.ReachedAsync(seen + 1);
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Clear() => _entries.Clear();

    /// <exception cref="InvalidOperationException">An event of CfAccess was in a category to which it does not belong.</exception>
    public void Dispose()
    {
        if (!_misplaced.IsEmpty)
        {
            throw new InvalidOperationException("Log events in a wrong category: " + string.Join(", ", _misplaced.Keys));
        }
    }

    private sealed class Logger(LogCollector collector, string category) : ILogger
    {
        private readonly bool _isLookedAt = !LogExcuses.TellsRequests(category);
        private readonly Excuse _excuse = LogExcuses.ExcuseOf(category);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Look("a scope", state, _excuse);
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var message = formatter(state, exception);
            collector._entries.Enqueue(new LogEntry(category, logLevel, eventId.Name, message, exception));
            collector._logged.Raise();
            if (EventCategories.IsMisplaced(category, eventId))
            {
                collector._misplaced.TryAdd($"{eventId.Id} {eventId.Name} in {category}", true);
            }

            // A published key that cannot be used has to be named.
            var excuse = category == "CfAccess.Keys" && eventId.Name == "KeySkipped" ? Excuse.Kid : _excuse;
            Look("a message", message, excuse);
            Look("a state", state, excuse);
            Look("an exception", exception, excuse);
        }

        private void Look<TState>(string place, TState state, Excuse excuse)
        {
            if (!_isLookedAt || state is null)
            {
                return;
            }

            if (state is not IReadOnlyList<KeyValuePair<string, object?>> members)
            {
                collector.Leaks.Look($"{category}, {place},", state, excuse);
                return;
            }

            for (var index = 0; index < members.Count; index++)
            {
                if (members[index].Value is { } value and not ValueType)
                {
                    collector.Leaks.Look($"{category}, {place},", value, excuse);
                }
            }
        }
    }
}
