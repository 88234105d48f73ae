namespace CfAccess.Documentation.Tests;

/// <summary>A row of the table of metrics. A tag without values has what an operator wrote.</summary>
internal sealed record InstrumentRow(string Name, string Kind, string Unit, IReadOnlyDictionary<string, string[]> Tags)
{
    private string PrometheusName => Name.Replace('.', '_') + (Unit == "s" ? "_seconds" : string.Empty);

    /// <summary>The names under which Prometheus has it, as OpenTelemetry's exporter makes them.</summary>
    public string[] PrometheusNames => Kind switch
    {
        "counter" => [$"{PrometheusName}_total"],
        "histogram" => [$"{PrometheusName}_bucket", $"{PrometheusName}_count", $"{PrometheusName}_sum"],
        _ => [PrometheusName],
    };
}
