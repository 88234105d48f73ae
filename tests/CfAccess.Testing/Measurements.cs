using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace CfAccess.Testing;

/// <summary>Collects the measurements of one instrument of one host.</summary>
public static class Measurements
{
    private const string MeterName = "CfAccess";

    public static MetricCollector<T> CollectMeasurements<T>(this IServiceProvider services, string instrument)
        where T : struct =>
        new(services.GetRequiredService<IMeterFactory>(), MeterName, instrument);

    /// <summary>The tags of each measurement so far, for example <c>result=accepted source=header</c>.</summary>
    public static IReadOnlyList<string> GetTags<T>(this MetricCollector<T> collector)
        where T : struct =>
        [.. collector.GetMeasurementSnapshot().Select(TagsOf)];

    public static string TagsOf<T>(CollectedMeasurement<T> measurement)
        where T : struct =>
        string.Join(' ', measurement.Tags.Select(tag => $"{tag.Key}={tag.Value}"));
}
