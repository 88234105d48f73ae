using CfAccess.AspNetCore.Identity;
using CfAccess.Shared.AccessToken;
using CfAccess.Shared.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Diagnostics;

/// <summary>Tells the log and the metrics what became of one team's identities: once per change, not once per request.</summary>
internal sealed class IdentityDiagnostics(
    ILogger logger, AccessMetrics metrics, AccessTraces traces, string issuer, Uri url, bool isRequired)
{
    private static readonly TimeSpan LeastSilence = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<IdentityFetchOutcome, DateTimeOffset> _refusedAt = [];
    private readonly HashSet<string> _odd = new(StringComparer.Ordinal);
    private bool _isFailing;

    private string Consequence => isRequired ? "503" : "as if there were no groups";

    /// <returns>The activity of one call of get-identity, or none if nobody listens.</returns>
    public TraceScope Trace() => traces.StartIdentityFetch(url);

    public void Fetched(IdentityFetchResult result, TimeSpan duration, DateTimeOffset now)
    {
        metrics.IdentityFetched(result.Outcome, duration);
        logger.IdentityAsked(url, result.Outcome.Word());
        if (result.IsOfTeam)
        {
            if (IsNews(isFailing: true))
            {
                logger.IdentityUnavailable(url, result.Detail, Consequence);
            }

            return;
        }

        if (IsNews(isFailing: false))
        {
            logger.IdentityRecovered(url);
        }

        if (!result.Succeeded && IsNews(result.Outcome, now))
        {
            logger.IdentityRefused(url, result.Detail, Consequence);
        }
        else if (result.HasOddGroups)
        {
            Odd("some groups that get-identity tells");
        }
    }

    /// <summary>Tells once of claims or groups whose shape is none.</summary>
    public void Odd(string what)
    {
        bool isNew;
        lock (_gate)
        {
            isNew = _odd.Add(what);
        }

        if (isNew)
        {
            logger.OddClaims(what, issuer);
        }
    }

    public void NotShared(string problem) => logger.SharedIdentityPassedOver(issuer, problem);

    private bool IsNews(bool isFailing)
    {
        lock (_gate)
        {
            var isNews = _isFailing != isFailing;
            _isFailing = isFailing;
            return isNews;
        }
    }

    private bool IsNews(IdentityFetchOutcome outcome, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_refusedAt.TryGetValue(outcome, out var told) && now >= told && now - told < LeastSilence)
            {
                return false;
            }

            _refusedAt[outcome] = now;
            return true;
        }
    }
}
