using CfAccess.ApiShield;
using CfAccess.ApiShield.Rules;

namespace CfAccess.Emulator.Shield;

/// <summary>What a rule set does with a request, in the words of a rule's <c>action</c>.</summary>
internal static class Verdicts
{
    public const string Allow = "allow";
    public const string Log = "log";
    public const string Block = "block";

    public static string Of(ApiShieldOutcome outcome) => outcome switch
    {
        ApiShieldOutcome.Logged => Log,
        _ when outcome.IsBlocked() => Block,
        _ => Allow,
    };
}
