using Microsoft.Extensions.Logging;

namespace CfAccess.Benchmarks.Serve;

/// <summary>Writes every line to a file, exceptions and all, as an application's log does.</summary>
internal sealed class FileLog(string path) : ILoggerProvider
{
    private readonly StreamWriter _writer = new(path) { AutoFlush = true };

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _writer);

    public void Dispose() => _writer.Dispose();

    private sealed class Logger(string category, StreamWriter writer) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = $"{logLevel} {category}[{eventId.Id}] {formatter(state, exception)} {exception}";
            lock (writer)
            {
                writer.WriteLine(line);
            }
        }
    }
}
