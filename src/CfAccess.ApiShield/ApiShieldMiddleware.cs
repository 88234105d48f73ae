using System.Diagnostics;
using CfAccess.ApiShield.Diagnostics;
using CfAccess.ApiShield.Rules;
using CfAccess.Shared.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CfAccess.ApiShield;

/// <summary>Judges each request by the rule set in force, and answers 403 where a rule blocks it.</summary>
internal sealed class ApiShieldMiddleware(
    RequestDelegate next,
    ApiShieldRuleSetProvider provider,
    IOptions<ApiShieldOptions> options,
    ApiShieldMetrics metrics,
    [FromKeyedServices(ApiShieldDefaults.DiagnosticsName)] ActivitySource activities,
    ILoggerFactory loggers)
{
    private readonly ApiShieldOptions _options = options.Value;
    private readonly HostAliases _aliases = new(options.Value.HostAliases);
    private readonly SafeLogger _logger = new(loggers.CreateLogger(ShieldLog.RequestCategory));

    public Task InvokeAsync(HttpContext context)
    {
        var facts = new RequestFacts(context, provider.Current, _aliases, metrics);
        using (var scope = activities.StartApiShield())
        {
            facts.Decide(_options.UnknownHosts, _options.UnknownOperations);
            scope.Activity?.Tell(facts.Judgement);
        }

        context.Features.Set(facts);
        metrics.RequestJudged(facts.Judgement);
        Tell(facts);
        return facts.Judgement.Outcome.IsBlocked()
            ? Refusal.WriteAsync(context, _options.IncludeErrorDetails ? facts : null)
            : next(context);
    }

    private void Tell(RequestFacts facts)
    {
        var (outcome, operation, rule) = facts.Judgement;
        if (outcome is ApiShieldOutcome.Logged or ApiShieldOutcome.Blocked)
        {
            _logger.RuleNotSatisfied(rule!.Document.Id, operation!.Document.OperationId, outcome.Word(), facts.VerdictWords());
        }
        else if (outcome.IsBlocked())
        {
            _logger.UnknownRequestRefused(outcome.Word());
        }
    }
}
