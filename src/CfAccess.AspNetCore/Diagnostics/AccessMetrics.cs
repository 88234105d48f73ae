using System.Diagnostics;
using System.Diagnostics.Metrics;
using CfAccess.AspNetCore.Keys;
using CfAccess.AspNetCore.Tokens;

namespace CfAccess.AspNetCore.Diagnostics;

/// <summary>The meter <c>CfAccess</c>. No tag holds what a client chose.</summary>
internal sealed class AccessMetrics
{
    public const string MeterName = "CfAccess";

    private readonly Counter<long> _validations;
    private readonly Counter<long> _fetches;
    private readonly Counter<long> _suppressed;
    private readonly Histogram<double> _fetchDuration;

    public AccessMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _validations = meter.CreateCounter<long>(
            "cloudflare_access.token.validations", "{token}", "Tokens judged, by result, reason and source.");
        _fetches = meter.CreateCounter<long>(
            "cloudflare_access.keys.fetches", "{fetch}", "Fetches of signing keys, by outcome.");
        _suppressed = meter.CreateCounter<long>(
            "cloudflare_access.keys.refreshes.suppressed", "{refresh}", "Unknown keys that caused no fetch, since one was just made.");
        _fetchDuration = meter.CreateHistogram<double>(
            "cloudflare_access.keys.fetch.duration", "s", "Time of one fetch of signing keys, by outcome.");
    }

    public void TokenAccepted(TokenSource source) =>
        _validations.Add(1, new("result", "accepted"), new("source", source.Word()));

    public void TokenRefused(TokenSource source, string reason) =>
        _validations.Add(1, new("result", "refused"), new("reason", reason), new("source", source.Word()));

    public void KeyRefreshSuppressed() => _suppressed.Add(1);

    public void KeysFetched(KeyFetchOutcome outcome, TimeSpan duration)
    {
        var tags = new TagList { { "outcome", NameOf(outcome) } };
        _fetches.Add(1, tags);
        _fetchDuration.Record(duration.TotalSeconds, tags);
    }

    private static string NameOf(KeyFetchOutcome outcome) => outcome switch
    {
        KeyFetchOutcome.Success => "success",
        KeyFetchOutcome.Unreachable => "unreachable",
        KeyFetchOutcome.Timeout => "timeout",
        KeyFetchOutcome.Refused => "refused",
        _ => "unusable",
    };
}
