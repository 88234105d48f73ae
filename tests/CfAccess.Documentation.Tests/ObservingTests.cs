using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace CfAccess.Documentation.Tests;

/// <summary>What Prometheus sees, through OpenTelemetry's own SDK and exporter. They collect the meters of the whole process.</summary>
[Collection(nameof(ProcessTelemetry))]
public sealed partial class ObservingTests
{
    private static readonly TimeSpan KeysTook = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan IdentityTook = TimeSpan.FromMilliseconds(70);

    [Fact]
    public async Task A_fetch_falls_into_a_bucket_that_is_about_as_wide_as_it_took()
    {
        var metrics = await ScrapeAsync();

        (Count(metrics, "cloudflare_access_keys_fetch_duration_seconds", 0.25), Count(metrics, "cloudflare_access_keys_fetch_duration_seconds", 0.5))
            .ShouldBe((0, 1));
        (Count(metrics, "cloudflare_access_identity_fetch_duration_seconds", 0.05), Count(metrics, "cloudflare_access_identity_fetch_duration_seconds", 0.1))
            .ShouldBe((0, 1));
    }

    [Fact]
    public async Task Every_histogram_of_the_page_reaches_from_milliseconds_to_the_longest_timeout()
    {
        var metrics = await ScrapeAsync();
        var histograms = OperationsPage.Instruments.Where(row => row.Kind == "histogram").ToList();

        histograms.Count.ShouldBeGreaterThanOrEqualTo(2);
        foreach (var histogram in histograms)
        {
            histogram.Unit.ShouldBe("s");
            var bounds = Buckets(metrics, $"{histogram.Name.Replace('.', '_')}_seconds").Select(bucket => bucket.Bound).Where(double.IsFinite).ToList();
            bounds.Min().ShouldBeLessThanOrEqualTo(0.01);
            bounds.Max().ShouldBeGreaterThanOrEqualTo(60);
            bounds.Count(bound => bound < 1).ShouldBeGreaterThanOrEqualTo(5);
        }
    }

    /// <summary>One fetch of keys and one of an identity, of known durations on the application's clock.</summary>
    private static async Task<string> ScrapeAsync()
    {
        await using var host = await AccessHost.StartAsync(
            options => options.GroupsFromIdentity = true,
            builder => builder.Services.AddTelemetry(),
            app =>
            {
                app.MapMetrics();
                app.MapGet("/group", [Authorize(Roles = "nobody")] () => "in");
            });
        var publish = host.Endpoint.Answer;
        host.Endpoint.Answer = (request, cancellationToken) =>
        {
            host.Clock.Advance(KeysTook);
            return publish(request, cancellationToken);
        };
        var tell = host.Identities.Answer;
        host.Identities.Answer = (request, cancellationToken) =>
        {
            host.Clock.Advance(IdentityTook);
            return tell(request, cancellationToken);
        };
        (await host.StatusAsync(host.Minter.MintPerson(), "/group")).ShouldBe(HttpStatusCode.Forbidden);
        await host.Fetches.EndedAsync(1);

        return await host.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
    }

    private static long? Count(string metrics, string histogram, double bound) =>
        Buckets(metrics, histogram).Where(bucket => bucket.Bound.Equals(bound)).Select(bucket => (long?)bucket.Count).SingleOrDefault();

    private static IEnumerable<(double Bound, long Count)> Buckets(string metrics, string histogram) =>
        from line in metrics.Split('\n')
        where line.StartsWith($"{histogram}_bucket{{", StringComparison.Ordinal)
        let match = Bucket.Match(line)
        select (
            match.Groups[1].Value == "+Inf" ? double.PositiveInfinity : double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture),
            long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex("le=\"([^\"]+)\".*\\} (\\d+)")]
    private static partial Regex Bucket { get; }
}

/// <summary>Tests that run while no other test does: what they measure includes every application of the process.</summary>
[CollectionDefinition(nameof(ProcessTelemetry), DisableParallelization = true)]
public sealed class ProcessTelemetry;
