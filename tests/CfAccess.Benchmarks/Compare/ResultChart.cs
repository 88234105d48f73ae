using System.Globalization;
using System.Net;
using System.Text;

namespace CfAccess.Benchmarks.Compare;

/// <summary>The comparison as a picture: a bar for each ratio to the peer, as long as its part of the peer's, and a line at its target.</summary>
internal static class ResultChart
{
    private const int Width = 860;
    private const int Left = 400;
    private const int Full = 380;
    private const int Top = 84;
    private const int Step = 34;
    private const int Thickness = 18;

    public static string Draw(string machine, IReadOnlyList<Measurement> all)
    {
        List<Measurement> shown = [.. all.Where(measurement => measurement.Of.EndsWith("of JwtBearer", StringComparison.Ordinal))];
        var height = Top + (shown.Count * Step) + 40;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" font-family="system-ui, sans-serif" font-size="13">
            <title>CfAccess beside JwtBearer</title>
            <rect width="{Width}" height="{height}" fill="#ffffff"/>
            <text x="20" y="30" font-size="17" font-weight="600" fill="#1b1f24">CfAccess in parts of what JwtBearer takes</text>
            <text x="20" y="50" fill="#57606a">{WebUtility.HtmlEncode(machine)}</text>
            <text x="20" y="68" fill="#57606a">Shorter is better. The right edge is JwtBearer; a mark is the target.</text>

            """);
        foreach (var (index, measurement) in shown.Index())
        {
            AddBar(svg, Top + (index * Step), measurement);
        }

        var bottom = Top + (shown.Count * Step);
        svg.Append(CultureInfo.InvariantCulture, $"""
            <line x1="{Left + Full}" y1="{Top - 4}" x2="{Left + Full}" y2="{bottom}" stroke="#57606a"/>
            <text x="{Left + Full}" y="{bottom + 18}" text-anchor="middle" fill="#57606a">JwtBearer</text>
            </svg>

            """);
        return svg.ToString();
    }

    private static void AddBar(StringBuilder svg, int y, Measurement measurement)
    {
        var length = Full * Math.Min(measurement.Value, 1);
        var target = Left + (Full * measurement.Target);
        svg.Append(CultureInfo.InvariantCulture, $"""
            <text x="{Left - 12}" y="{y + 14}" text-anchor="end" fill="#1b1f24">{WebUtility.HtmlEncode(LabelOf(measurement))}</text>
            <rect x="{Left}" y="{y}" width="{Full}" height="{Thickness}" fill="#eaeef2"/>
            <rect x="{Left}" y="{y}" width="{length:0.#}" height="{Thickness}" fill="{(measurement.IsMet ? "#1a7f64" : "#b35900")}"/>
            <line x1="{target:0.#}" y1="{y - 3}" x2="{target:0.#}" y2="{y + Thickness + 3}" stroke="#1b1f24" stroke-width="2"/>
            <text x="{Left + Full + 12}" y="{y + 14}" fill="#1b1f24">{measurement.Value:0.000}</text>

            """);
    }

    private static string LabelOf(Measurement measurement) =>
        measurement.Case + (measurement.Of.StartsWith("bytes", StringComparison.Ordinal) ? ", bytes" : string.Empty);
}
