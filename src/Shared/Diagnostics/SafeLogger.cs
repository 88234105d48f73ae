using Microsoft.Extensions.Logging;

namespace CfAccess.Shared.Diagnostics;

/// <summary>
/// A logger that does not throw. Its sinks are the application's and may throw anything, but a broken sink must not change what the library
/// decides, nor end what it has begun.
/// </summary>
internal sealed class SafeLogger(ILogger logger) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        try
        {
            return logger.BeginScope(state);
        }
        catch (Exception)
        {
            // See above: there is nobody to report a broken sink to.
            return null;
        }
    }

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return logger.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            // As above.
            return false;
        }
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            logger.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // As above. Other sinks of the application were given the event all the same.
        }
    }
}
