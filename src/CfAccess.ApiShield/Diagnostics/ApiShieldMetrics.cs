using System.Diagnostics.Metrics;
using CfAccess.ApiShield.Rules;
using CfAccess.ApiShield.Tokens;
using CfAccess.Shared.Diagnostics;

namespace CfAccess.ApiShield.Diagnostics;

/// <summary>API Shield's part of the meter <c>CfAccess</c>. No tag holds what a client chose.</summary>
internal sealed class ApiShieldMetrics
{
    private readonly Counter<long> _requests;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _reloads;

    public ApiShieldMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ApiShieldDefaults.DiagnosticsName);
        _requests = meter.CreateCounter<long>(
            "cloudflare_access.api_shield.requests", "{request}", "Requests judged, by outcome, and by rule where there is one.");
        _tokens = meter.CreateCounter<long>(
            "cloudflare_access.api_shield.token.validations", "{token}", "Tokens judged, by token configuration, result and reason.");
        _reloads = meter.CreateCounter<long>(
            "cloudflare_access.api_shield.reloads", "{reload}", "Changed documents read, by result: accepted or refused.");
    }

    public void RequestJudged(in Judgement judgement)
    {
        if (!_requests.Enabled)
        {
            return;
        }

        var outcome = new KeyValuePair<string, object?>("outcome", judgement.Outcome.Word());
        if (judgement.Rule is { } rule)
        {
            _requests.AddOne(outcome, new("rule", rule.Document.Id));
        }
        else
        {
            _requests.AddOne(outcome);
        }
    }

    public void TokenJudged(string configurationId, JwtFailureReason? reason)
    {
        if (!_tokens.Enabled)
        {
            return;
        }

        var configuration = new KeyValuePair<string, object?>("configuration", configurationId);
        if (reason is { } refused)
        {
            _tokens.AddOne(configuration, new("result", "refused"), new("reason", JwtFailureWords.Of(refused)));
        }
        else
        {
            _tokens.AddOne(configuration, new KeyValuePair<string, object?>("result", "accepted"));
        }
    }

    public void DocumentsReloaded(bool accepted) =>
        _reloads.AddOne(new KeyValuePair<string, object?>("result", accepted ? "accepted" : "refused"));
}
