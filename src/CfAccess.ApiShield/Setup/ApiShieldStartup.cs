using CfAccess.ApiShield.Diagnostics;
using CfAccess.Shared.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CfAccess.ApiShield.Setup;

/// <summary>Reads the documents before the application listens, and tells what an operator should know of them.</summary>
internal sealed class ApiShieldStartup(
    ApiShieldRuleSetProvider provider,
    MiddlewareMark mark,
    IHostEnvironment environment,
    IOptions<ApiShieldOptions> options,
    ILoggerFactory loggers) : IHostedLifecycleService
{
    private readonly SafeLogger _logger = new(loggers.CreateLogger(ShieldLog.Category));

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var set = provider.Current;
        if (options.Value.Matching == ApiShieldMatching.Edge)
        {
            _logger.EdgeMatching();
        }

        if (environment.IsDevelopment())
        {
            foreach (var finding in ApiShieldLinter.Lint(set))
            {
                _logger.Finding(finding.Document, finding.Pointer, finding.MessageWithCode);
            }
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!mark.IsUsed)
        {
            _logger.MiddlewareMissing();
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
