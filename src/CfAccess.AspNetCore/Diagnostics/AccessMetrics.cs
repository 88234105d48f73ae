using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CfAccess.AspNetCore.Identity;
using CfAccess.AspNetCore.Keys;
using CfAccess.AspNetCore.Tokens.Cache;
using CfAccess.Shared.AccessToken;
using CfAccess.Shared.Diagnostics;

namespace CfAccess.AspNetCore.Diagnostics;

/// <summary>The meter <c>CfAccess</c>. No tag holds what a client chose.</summary>
internal sealed class AccessMetrics
{
    /// <summary>In seconds, from a response over a warm connection to the longest timeout. The default buckets of OpenTelemetry are made for milliseconds.</summary>
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    };

    private readonly ConcurrentBag<TokenCache> _caches = [];
    private readonly ConcurrentBag<(string Scheme, string Team, Func<TimeSpan?> Age)> _keys = [];
    private readonly Counter<long> _validations;
    private readonly Counter<long> _lookups;
    private readonly Counter<long> _fetches;
    private readonly Counter<long> _suppressed;
    private readonly Histogram<double> _fetchDuration;
    private readonly Histogram<double> _identityDuration;
    private readonly Counter<long> _evaluations;

    public AccessMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(CloudflareAccessDefaults.DiagnosticsName);
        _validations = meter.CreateCounter<long>(
            "cloudflare_access.token.validations", "{token}", "Tokens judged, by result, reason and source.");
        _lookups = meter.CreateCounter<long>(
            "cloudflare_access.token_cache.requests", "{request}", "Tokens looked for in the cache, by result: hit or miss.");
        meter.CreateObservableUpDownCounter(
            "cloudflare_access.token_cache.entries", () => _caches.Sum(cache => cache.Count), "{token}", "Validated tokens that are kept.");
        _fetches = meter.CreateCounter<long>(
            "cloudflare_access.keys.fetches", "{fetch}", "Fetches of signing keys, by outcome.");
        _suppressed = meter.CreateCounter<long>(
            "cloudflare_access.keys.refreshes.suppressed", "{refresh}", "Unknown keys that caused no fetch, since one was just made.");
        _fetchDuration = meter.CreateHistogram(
            "cloudflare_access.keys.fetch.duration", "s", "Time of one fetch of signing keys, by outcome.", tags: null, Seconds);
        meter.CreateObservableGauge(
            "cloudflare_access.keys.age", Ages, "s", "Time since the signing keys that are held were fetched, by scheme and team.");
        _identityDuration = meter.CreateHistogram(
            "cloudflare_access.identity.fetch.duration", "s", "Time of one call of get-identity, by outcome.", tags: null, Seconds);
        _evaluations = meter.CreateCounter<long>(
            "cloudflare_access.external_evaluations", "{evaluation}", "External evaluations, by result and reason.");
    }

    public void TokenAccepted(TokenSource source) =>
        _validations.AddOne(new("result", "accepted"), new("source", source.Word()));

    public void TokenRefused(TokenSource source, string reason) =>
        _validations.AddOne(new("result", "refused"), new("reason", reason), new("source", source.Word()));

    public void TokenLookedUp(bool isHit) => _lookups.AddOne(new KeyValuePair<string, object?>("result", isHit ? "hit" : "miss"));

    public void Observe(TokenCache cache) => _caches.Add(cache);

    /// <summary>The age is asked for when a listener collects; while no keys are held there is none.</summary>
    public void Observe(string scheme, string team, Func<TimeSpan?> age) => _keys.Add((scheme, team, age));

    public void KeyRefreshSuppressed() => _suppressed.AddOne();

    public void KeysFetched(KeyFetchOutcome outcome, TimeSpan duration)
    {
        var tag = new KeyValuePair<string, object?>("outcome", outcome.Word());
        _fetches.AddOne(tag);
        _fetchDuration.RecordSafely(duration.TotalSeconds, tag);
    }

    public void IdentityFetched(IdentityFetchOutcome outcome, TimeSpan duration) =>
        _identityDuration.RecordSafely(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome.Word()));

    public void Evaluated(string result, string? reason)
    {
        if (reason is null)
        {
            _evaluations.AddOne(new KeyValuePair<string, object?>("result", result));
        }
        else
        {
            _evaluations.AddOne(new("result", result), new("reason", reason));
        }
    }

    private IEnumerable<Measurement<double>> Ages()
    {
        foreach (var (scheme, team, age) in _keys)
        {
            // A clock that was set back makes no key younger than new.
            if (age() is { } value)
            {
                yield return new(Math.Max(0, value.TotalSeconds), new("scheme", scheme), new("team", team));
            }
        }
    }
}
