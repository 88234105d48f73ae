using System.Diagnostics;
using CfAccess.ApiShield.Rules;

namespace CfAccess.ApiShield.Diagnostics;

/// <summary>API Shield's part of the activity source <c>CfAccess</c>. No tag holds what a client chose.</summary>
internal static class ShieldActivity
{
    private static readonly ActivitySource Source = new(ApiShieldDefaults.DiagnosticsName);

    /// <returns>The activity, if anybody listens.</returns>
    public static Activity? Start() => Source.StartActivity("ApiShield");

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
