using CfAccess.AspNetCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Authorization.Startup;

/// <summary>What the checks found, each problem once with all of its endpoints.</summary>
internal sealed class EndpointReport
{
    private readonly Dictionary<string, HashSet<string>> _errors = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Category, Action<ILogger, string, string> Log, string Problem), HashSet<string>> _warnings = [];

    /// <summary>All errors as one text; null if there are none.</summary>
    public string? Errors => _errors.Count == 0
        ? null
        : "The protection of these endpoints cannot work:" + Environment.NewLine
            + string.Join(Environment.NewLine, _errors.Select(error => $"  - {List(error.Value)}: {error.Key}"));

    /// <param name="endpoint">The name of an endpoint.</param>
    /// <param name="problem">What cannot work, and what to do, as sentences that start in lower case.</param>
    public void Error(string endpoint, string problem) => Add(_errors, problem, endpoint);

    /// <param name="endpoint">The name of an endpoint.</param>
    /// <param name="log">Logs the warning: the logger, the endpoints, the problem.</param>
    /// <param name="problem">What is unlikely to be meant, and what to do, as sentences that start in lower case.</param>
    /// <param name="category">The log category of the warning.</param>
    public void Warn(string endpoint, Action<ILogger, string, string> log, string problem, string category = LogCategories.Authorization) =>
        Add(_warnings, (category, log, problem), endpoint);

    public void LogWarnings(ILoggerFactory loggers)
    {
        foreach (var ((category, log, problem), endpoints) in _warnings)
        {
            log(loggers.CreateLogger(category), List(endpoints), problem);
        }
    }

    private static void Add<TKey>(Dictionary<TKey, HashSet<string>> problems, TKey problem, string endpoint)
        where TKey : notnull
    {
        if (!problems.TryGetValue(problem, out var endpoints))
        {
            problems[problem] = endpoints = new(StringComparer.Ordinal);
        }

        endpoints.Add(endpoint);
    }

    private static string List(HashSet<string> endpoints) => endpoints.Count == 1
        ? $"'{endpoints.First()}'"
        : $"'{endpoints.First()}' and {endpoints.Count - 1} more";
}
