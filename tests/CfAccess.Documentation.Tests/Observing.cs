using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace CfAccess.Documentation.Tests;

public static class Observing
{
    public static void AddTelemetry(this IServiceCollection services) => services.AddOpenTelemetry()
        .WithMetrics(metrics => metrics.AddMeter("CfAccess").AddPrometheusExporter())
        .WithTracing(tracing => tracing.AddSource("CfAccess").AddOtlpExporter());

    public static void MapMetrics(this WebApplication app) => app.MapPrometheusScrapingEndpoint();
}
