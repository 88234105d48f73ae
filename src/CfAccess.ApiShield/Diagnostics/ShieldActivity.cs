using System.Diagnostics;
using CfAccess.ApiShield.Rules;
using CfAccess.Shared.Diagnostics;

namespace CfAccess.ApiShield.Diagnostics;

/// <summary>API Shield's part of the activity source <c>CfAccess</c>. No tag holds what a client chose.</summary>
internal static class ShieldActivity
{
    /// <returns>The activity, or none if nobody listens.</returns>
    public static TraceScope StartApiShield(this ActivitySource source) => TraceScope.Start(source, "CloudflareAccess.ApiShield");

    public static void Tell(this Activity activity, in Judgement judgement)
    {
        activity.SetTag("cloudflare_access.api_shield.outcome", judgement.Outcome.Word());
        if (judgement.Operation is { } operation)
        {
            activity.SetTag("cloudflare_access.api_shield.operation", operation.Document.OperationId);
        }

        if (judgement.Rule is { } rule)
        {
            activity.SetTag("cloudflare_access.api_shield.rule", rule.Document.Id);
        }
    }
}
