using CfAccess.AspNetCore.Authorization.Policies;
using CfAccess.AspNetCore.Authorization.Startup;
using CfAccess.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace CfAccess.AspNetCore.Hosting;

/// <summary>
/// Stops an application whose endpoints are protected in a way that cannot work. A startup filter is the only place where all endpoints exist and the server
/// does not listen yet. It adds no middleware. Endpoints that are added later are checked when they appear.
/// </summary>
internal sealed class StartupCheck(
    IServiceScopeFactory scopes, PolicyReader policies, IEnumerable<IEndpointCheck> checks, SafeLoggerFactory loggers) : IStartupFilter, IDisposable
{
    private HashSet<Endpoint> _checked = [];
    private IDisposable? _watch;

    private ILogger Logger => loggers.CreateLogger(LogCategories.Authorization);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);

        // Checks may wait for services of the application. A synchronization context that is blocked here must not be needed to go on.
        Task.Run(() => CheckAsync(app.ApplicationServices.GetService<EndpointDataSource>())).GetAwaiter().GetResult();
    };

    public void Dispose() => _watch?.Dispose();

    private async Task CheckAsync(EndpointDataSource? source)
    {
        await PolicyProviderCheck.RunAsync(scopes).ConfigureAwait(false);
        if (source is null)
        {
            return;
        }

        if (await FindErrorsAsync(source).ConfigureAwait(false) is { } errors)
        {
            throw new InvalidOperationException(errors);
        }

        _watch = ChangeToken.OnChange(source.GetChangeToken, () => _ = CheckLaterAsync(source));
    }

    /// <summary>The application runs already. What cannot work still rejects every caller or was replaced by routing, so an operator has to know.</summary>
    private async Task CheckLaterAsync(EndpointDataSource source)
    {
        try
        {
            if (await FindErrorsAsync(source).ConfigureAwait(false) is { } errors)
            {
                Logger.LateEndpointsInvalid(errors);
            }
        }
        catch (Exception failure)
        {
            Logger.LateEndpointsUnchecked(failure);
        }
    }

    private async Task<string?> FindErrorsAsync(EndpointDataSource source)
    {
        var all = source.Endpoints;
        var added = all.Except(Interlocked.Exchange(ref _checked, [.. all])).ToList();
        var demands = added.SelectMany(endpoint => EndpointDemands.Read(endpoint, policies)).ToList();
        var report = new EndpointReport();
        foreach (var check in checks)
        {
            await check.CheckAsync(demands, report).ConfigureAwait(false);
        }

        report.LogWarnings(loggers);
        return report.Errors;
    }
}
