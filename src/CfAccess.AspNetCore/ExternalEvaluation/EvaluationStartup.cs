using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CfAccess.AspNetCore.ExternalEvaluation;

/// <summary>
/// Reads the keys from their store before the application listens, and makes the first one, so that a store that does not work stops the start.
/// </summary>
internal sealed class EvaluationStartup(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        services.GetRequiredService<Evaluator>().Keys.LoadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
