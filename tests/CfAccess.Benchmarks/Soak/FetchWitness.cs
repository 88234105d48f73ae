using System.Globalization;
using System.Net;
using CfAccess.AspNetCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace CfAccess.Benchmarks.Soak;

/// <summary>
/// Sits in the application's HTTP client for keys, numbers each fetch and tells the ledger how it ended. It changes nothing of the answer.
/// </summary>
internal sealed class FetchWitness(FetchLedger ledger, IServiceProvider services, IOptions<HealthCheckServiceOptions> checks)
    : DelegatingHandler
{
    public const string NumberHeader = "Soak-Fetch";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var fetch = ledger.Start(await IsPlannedAsync(cancellationToken));
        request.Headers.Add(NumberHeader, fetch.Number.ToString(CultureInfo.InvariantCulture));
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                response.Content = await WatchAsync(response.Content, fetch, cancellationToken);
            }
            else
            {
                ledger.Fail(fetch);
            }

            return response;
        }
        catch
        {
            ledger.Fail(fetch);
            throw;
        }
    }

    private async Task<HttpContent> WatchAsync(HttpContent content, KeyFetchRecord fetch, CancellationToken cancellationToken)
    {
        var stream = new WatchedStream(
            await content.ReadAsStreamAsync(cancellationToken), () => ledger.ReadToEnd(fetch), () => ledger.Fail(fetch));
        var watched = new StreamContent(stream);
        foreach (var (name, values) in content.Headers)
        {
            watched.Headers.TryAddWithoutValidation(name, values);
        }

        return watched;
    }

    /// <summary>The scheme's health check has no next attempt only while a planned one is under way; asking it ends at once.</summary>
    private async Task<bool> IsPlannedAsync(CancellationToken cancellationToken)
    {
        var registration = checks.Value.Registrations.Single(one => one.Name == CloudflareAccessDefaults.AuthenticationScheme);
        var context = new HealthCheckContext { Registration = registration };
        var health = await registration.Factory(services).CheckHealthAsync(context, cancellationToken);
        return !health.Data.Keys.Any(key => key.EndsWith("next attempt", StringComparison.Ordinal));
    }
}
