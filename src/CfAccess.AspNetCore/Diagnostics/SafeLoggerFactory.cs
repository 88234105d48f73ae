using System.Collections.Concurrent;
using CfAccess.Shared.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Diagnostics;

/// <summary>The application's loggers, each as a <see cref="SafeLogger"/>. A handler asks for its logger on every request, so each is kept.</summary>
internal sealed class SafeLoggerFactory(ILoggerFactory loggers) : ILoggerFactory
{
    private readonly ConcurrentDictionary<string, ILogger> _loggers = new(StringComparer.Ordinal);

    public ILogger CreateLogger(string categoryName) =>
        _loggers.GetOrAdd(categoryName, static (category, loggers) => new SafeLogger(loggers.CreateLogger(category)), loggers);

    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    /// <summary>Does nothing: the factory below is the application's.</summary>
    public void Dispose()
    {
    }
}
