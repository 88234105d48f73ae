using System.Diagnostics;
using CfAccess.AspNetCore.Identity;
using CfAccess.AspNetCore.Keys;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Shared.AccessToken;

namespace CfAccess.AspNetCore.Diagnostics;

/// <summary>What an activity tells at its end, in the words of the metrics.</summary>
internal static class AccessActivity
{
    /// <summary>A client's bad token is no error of the application; that it has no keys is.</summary>
    public static void Tell(this Activity activity, in TokenOutcome outcome)
    {
        activity.SetTag("cloudflare_access.result", outcome.Succeeded ? "accepted" : "refused");
        if (outcome.Succeeded)
        {
            return;
        }

        activity.SetTag("cloudflare_access.reason", outcome.Failure.Word);
        if (outcome.Failure.Reason == AccessFailureReason.KeysUnavailable)
        {
            activity.SetStatus(ActivityStatusCode.Error, outcome.Failure.Word);
        }
    }

    public static void Tell(this Activity activity, KeyFetchOutcome outcome) =>
        Tell(activity, outcome.Word(), outcome == KeyFetchOutcome.Success);

    public static void Tell(this Activity activity, IdentityFetchOutcome outcome) =>
        Tell(activity, outcome.Word(), outcome == IdentityFetchOutcome.Success);

    private static void Tell(Activity activity, string outcome, bool succeeded)
    {
        activity.SetTag("cloudflare_access.outcome", outcome);
        if (!succeeded)
        {
            activity.SetStatus(ActivityStatusCode.Error, outcome);
        }
    }
}
