using System.Text.Json;
using CfAccess.ApiShield;

namespace CfAccess.Emulator.ApiShield.Evaluating;

/// <summary>What a rule set does with a request, in the words of a rule's <c>action</c>.</summary>
internal static class Verdicts
{
    public const string Allow = "allow";
    public const string Log = "log";
    public const string Block = "block";

    public static string Of(ApiShieldTokenValidation found) => found switch
    {
        { Outcome: ApiShieldOutcome.Logged } => Log,
        { IsBlocked: true } => Block,
        _ => Allow,
    };

    /// <summary>The word of an outcome, as in the logs of CfAccess.ApiShield.</summary>
    public static string Word(ApiShieldOutcome outcome) => JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString());

    /// <summary>The word of a verdict, as in the logs of CfAccess.ApiShield.</summary>
    public static string Word(JwtVerdict verdict) =>
        verdict.FailureReason is { } reason ? JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()) : "valid";
}
