using CfAccess.ApiShield.Diagnostics;
using CfAccess.ApiShield.Documents;
using CfAccess.Shared.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CfAccess.ApiShield;

/// <summary>
/// Holds the rule set in force. A change of a document replaces it as a whole; a request that is under way keeps the set that it began with,
/// and documents with an error change nothing.
/// </summary>
public sealed class ApiShieldRuleSetProvider : IDisposable
{
    private readonly ApiShieldOptions _options;
    private readonly string _root;
    private readonly SafeLogger _logger;
    private readonly ApiShieldMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly IDisposable? _watch;
    private readonly Lock _reload = new();
    private volatile ApiShieldRuleSet _current;

    /// <summary>Made by the application's services; reads the documents.</summary>
    /// <exception cref="ApiShieldDocumentException">A document is missing, cannot be read or is wrong; it tells all that is.</exception>
    internal ApiShieldRuleSetProvider(
        IOptions<ApiShieldOptions> options,
        IHostEnvironment environment,
        ILoggerFactory loggers,
        ApiShieldMetrics metrics,
        TimeProvider clock)
    {
        (_options, _root, _metrics, _clock) = (options.Value, environment.ContentRootPath, metrics, clock);
        _logger = new SafeLogger(loggers.CreateLogger(ShieldLog.Category));

        // Watched before they are read, so that no change between the two is missed; and no change comes into force before them.
        lock (_reload)
        {
            _watch = _options switch
            {
                { RuleSetSource: { } source } => source.Follow(() => Reload()),
                { ReloadOnChange: true } => new DocumentWatch(_options, _root, clock, () => Reload(), _logger),
                _ => null,
            };
            var (set, problems) = RuleSetReader.Read(_options, _root, _clock);
            if (set is null)
            {
                _watch?.Dispose();
                throw new ApiShieldDocumentException(problems);
            }

            _current = set;
            Tell(problems);
            _logger.DocumentsLoaded(set.Configurations.Count, set.Rules.Count, set.Operations.Count);
        }
    }

    /// <summary>The rule set in force.</summary>
    public ApiShieldRuleSet Current => _current;

    /// <summary>Occurs when changed documents were read without an error, before their rule set becomes the current one.</summary>
    internal event Action<ApiShieldRuleSet>? Loading;

    /// <summary>
    /// Reads the documents again, and uses them if none of them has an error. With an <see cref="ApiShieldOptions.RuleSetSource"/>, uses its current set.
    /// </summary>
    /// <returns>What is wrong or was dropped; with an error among it, the set that was in force stays.</returns>
    public IReadOnlyList<ApiShieldProblem> Reload()
    {
        lock (_reload)
        {
            var (set, problems) = RuleSetReader.Read(_options, _root, _clock);
            Tell(problems);
            _metrics.DocumentsReloaded(set is not null);
            if (set is null)
            {
                _logger.DocumentsRefused(problems.Count(problem => problem.Severity == ApiShieldSeverity.Error));
            }
            else
            {
                Loading?.Invoke(set);
                _current = set;
                _logger.DocumentsLoaded(set.Configurations.Count, set.Rules.Count, set.Operations.Count);
            }

            return problems;
        }
    }

    /// <summary>Ends the watch of the documents.</summary>
    public void Dispose() => _watch?.Dispose();

    private void Tell(IReadOnlyList<ApiShieldProblem> problems)
    {
        foreach (var problem in problems)
        {
            _logger.DocumentProblem(
                problem.Severity == ApiShieldSeverity.Error ? LogLevel.Error : LogLevel.Warning,
                problem.Document,
                problem.Pointer,
                problem.MessageWithCode);
        }
    }
}
