using CfAccess.ApiShield.Diagnostics;
using CfAccess.ApiShield.Endpoints;
using CfAccess.Shared.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace CfAccess.ApiShield.Setup;

/// <summary>
/// Compares the endpoints of the application with the saved operations: before the server listens, and again if either changes. A rule that
/// cannot take effect at an endpoint stops the start. A startup filter, since only after the other filters all endpoints are known.
/// </summary>
internal sealed class EndpointStartup(
    ApiShieldRuleSetProvider provider,
    MiddlewareMark mark,
    IHostEnvironment environment,
    ILoggerFactory loggers) : IStartupFilter, IDisposable
{
    private const int ShortList = 20;

    private readonly SafeLogger _logger = new(loggers.CreateLogger(ShieldLog.Category));

    private IDisposable? _changes;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next)
    {
        // Code that has run by now built a WebApplication. What comes later is a startup filter or a startup class.
        var ofWebApplication = mark.Places.Count;
        return app =>
        {
            next(app);
            if (mark.IsUsed && app.ApplicationServices.GetService<EndpointDataSource>() is { } source)
            {
                CheckOrder(hasEndpoints: source.Endpoints.Count > 0, PipelinePlace.IsRoutedFirst(app) ? ofWebApplication : 0);
                Start(source, app.ApplicationServices.GetService<ParameterPolicyFactory>());
            }
        };
    }

    public void Dispose() => _changes?.Dispose();

    /// <param name="hasEndpoints">Whether the application has endpoints.</param>
    /// <param name="routed">How many of the first places are behind the routing that a <c>WebApplication</c> adds.</param>
    private void CheckOrder(bool hasEndpoints, int routed)
    {
        if (mark.Places.Index().Any(place => place.Item.IsBeforeRouting(needsRouting: hasEndpoints && place.Index >= routed)))
        {
            throw new InvalidOperationException(
                "UseApiShield is called before routing has chosen an endpoint, so no rule could apply to the endpoint of a request. "
                + "Call app.UseRouting() before app.UseApiShield().");
        }
    }

    private void Start(EndpointDataSource source, ParameterPolicyFactory? policies)
    {
        var survey = Survey(provider.Current, source, policies);
        if (survey.FindShortCircuits().ToList() is { Count: > 0 } shortCircuits)
        {
            throw new InvalidOperationException(
                "API Shield cannot protect endpoints with .ShortCircuit(), since routing runs them before any middleware. "
                + "Remove .ShortCircuit() from each:" + Environment.NewLine
                + string.Join(Environment.NewLine, shortCircuits.Select(one => $"  - {one.Endpoint}, which operation {one.Operation} covers")));
        }

        LogUncovered(survey);
        provider.Loading += set => Report(Survey(set, source, policies));
        _changes = ChangeToken.OnChange(source.GetChangeToken, () => Report(Survey(provider.Current, source, policies)));
    }

    private static EndpointSurvey Survey(ApiShieldRuleSet set, EndpointDataSource source, ParameterPolicyFactory? policies)
    {
        IReadOnlyList<Endpoint> endpoints = source.Endpoints;
        set.Endpoints.AddAll(endpoints, policies);
        return new EndpointSurvey(endpoints, set.SavedOperations, policies);
    }

    private void Report(EndpointSurvey survey)
    {
        foreach (var (endpoint, operation) in survey.FindShortCircuits())
        {
            _logger.RuleWithoutEffect(endpoint, operation);
        }
    }

    private void LogUncovered(EndpointSurvey survey)
    {
        if (!survey.HasOperations || survey.FindUncovered() is not { Count: > 0 } uncovered)
        {
            return;
        }

        var listed = environment.IsDevelopment() ? uncovered : [.. uncovered.Take(ShortList)];
        var rest = uncovered.Count - listed.Count;
        _logger.EndpointsWithoutOperation(
            uncovered.Count, survey.Count, string.Join("; ", listed) + (rest > 0 ? $"; and {rest} more" : string.Empty));
    }
}
