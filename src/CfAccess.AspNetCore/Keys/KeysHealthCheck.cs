using CfAccess.AspNetCore.Teams;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CfAccess.AspNetCore.Keys;

/// <summary>Healthy with fresh keys of every team, degraded while a refresh fails, unhealthy without trusted keys. Makes no call.</summary>
internal sealed class KeysHealthCheck(string scheme, AccessSchemes schemes) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var reports = schemes.Get(scheme).Teams.Select(team => (Team: team, Report: team.Keys.Report())).ToList();
        var worst = reports.Max(one => one.Report.Health);
        var data = reports.SelectMany(one => Describe(one.Team, one.Report)).ToDictionary(StringComparer.Ordinal);
        var description = string.Join(" ", reports.Select(one => Sentence(one.Team, one.Report)));
        var status = worst switch
        {
            KeyHealth.Fresh => HealthStatus.Healthy,
            KeyHealth.Stale => HealthStatus.Degraded,
            _ => context.Registration.FailureStatus,
        };
        return Task.FromResult(new HealthCheckResult(status, description, data: data));
    }

    private static string Sentence(AccessTeam team, KeyReport report) => report.Health switch
    {
        KeyHealth.Fresh => $"{team.Issuer}: {report.Count} fresh signing keys.",
        KeyHealth.Stale => $"{team.Issuer}: {report.Count} signing keys that are not refreshed{Because(report)}.",
        _ => $"{team.Issuer}: no trusted signing keys, requests are answered 503{Because(report)}.",
    };

    private static string Because(KeyReport report) => report.LastFailure is { } failure ? $": {failure}" : string.Empty;

    private static IEnumerable<KeyValuePair<string, object>> Describe(AccessTeam team, KeyReport report)
    {
        yield return new($"{team.Issuer} keys", report.Count);
        if (report is { Age: { } age, RetrievedAt: { } retrievedAt })
        {
            yield return new($"{team.Issuer} age", age);
            yield return new($"{team.Issuer} last success", retrievedAt);
        }

        if (report.LastFailure is { } failure)
        {
            yield return new($"{team.Issuer} last error", failure);
        }

        if (report.NextAttemptAt is { } next)
        {
            yield return new($"{team.Issuer} next attempt", next);
        }
    }
}
