using CfAccess.AspNetCore.Diagnostics;
using CfAccess.AspNetCore.Teams;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore;

/// <summary>
/// Warns of endpoints that require an audience which no token of Access can hold. It looks once the endpoints are there, at attributes and
/// conventions; the audiences of a policy cannot be seen.
/// </summary>
internal sealed class RequiredAudienceStartup(IServiceProvider services, SafeLoggerFactory loggers) : IHostedLifecycleService
{
    private readonly ILogger _logger = loggers.CreateLogger<RequiredAudienceStartup>();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var required =
            from endpoint in services.GetService<EndpointDataSource>()?.Endpoints ?? []
            from attribute in endpoint.Metadata.GetOrderedMetadata<RequireAccessAudienceAttribute>()
            from audience in attribute.Audiences
            where !AudienceTag.IsUsual(audience)
            select (Audience: audience, Endpoint: endpoint.DisplayName ?? "?");
        foreach (var (audience, endpoint) in required.DistinctBy(one => one.Audience))
        {
            _logger.UnusualRequiredAudience(endpoint, audience);
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
