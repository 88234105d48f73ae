namespace CfAccess.ApiShield.Rules;

/// <summary>The one word of each outcome.</summary>
internal static class OutcomeWords
{
    public static string Word(this ApiShieldOutcome outcome) => outcome switch
    {
        ApiShieldOutcome.Unmatched => "unmatched",
        ApiShieldOutcome.Uncovered => "uncovered",
        ApiShieldOutcome.Satisfied => "satisfied",
        ApiShieldOutcome.Logged => "logged",
        ApiShieldOutcome.Blocked => "blocked",
        ApiShieldOutcome.BlockedUnknownOperation => "blocked_unknown_operation",
        ApiShieldOutcome.BlockedUnknownHost => "blocked_unknown_host",
        _ => "blocked_ambiguous_path",
    };

    public static bool IsBlocked(this ApiShieldOutcome outcome) => outcome
        is ApiShieldOutcome.Blocked or ApiShieldOutcome.BlockedUnknownOperation or ApiShieldOutcome.BlockedUnknownHost
        or ApiShieldOutcome.BlockedAmbiguousPath;
}
