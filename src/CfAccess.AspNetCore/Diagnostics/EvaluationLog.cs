using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Diagnostics;

/// <summary>Log events of External Evaluation. Never a token, a nonce or who it is about.</summary>
internal static partial class EvaluationLog
{
    [LoggerMessage(301, LogLevel.Debug, "External Evaluation: answered yes.", EventName = "EvaluationAllowed")]
    public static partial void EvaluationAllowed(this ILogger logger);

    [LoggerMessage(302, LogLevel.Information, "External Evaluation: answered no, as the application decided.", EventName = "EvaluationDenied")]
    public static partial void EvaluationDenied(this ILogger logger);

    [LoggerMessage(303, LogLevel.Information, "External Evaluation: refused a request: {Reason}.", EventName = "EvaluationRefused")]
    public static partial void EvaluationRefused(this ILogger logger, string reason);

    [LoggerMessage(304, LogLevel.Warning, "External Evaluation: answered 503, and nobody is let in: {Reason}.", EventName = "EvaluationUnavailable")]
    public static partial void EvaluationUnavailable(this ILogger logger, string reason);

    [LoggerMessage(305, LogLevel.Error,
        "External Evaluation: answered no, since what the application decides with threw an exception.", EventName = "EvaluationFailed")]
    public static partial void EvaluationFailed(this ILogger logger, Exception exception);

    [LoggerMessage(306, LogLevel.Error,
        "External Evaluation: answered no, since the application did not decide within {Timeout}. Make it quicker, or set Timeout.",
        EventName = "EvaluationTimedOut")]
    public static partial void EvaluationTimedOut(this ILogger logger, TimeSpan timeout);

    [LoggerMessage(307, LogLevel.Information, "External Evaluation: {Count} keys in {Store}.", EventName = "EvaluationKeysLoaded")]
    public static partial void EvaluationKeysLoaded(this ILogger logger, int count, string store);

    [LoggerMessage(308, LogLevel.Information, "External Evaluation: wrote keys; {Count} are in {Store} now.", EventName = "EvaluationKeysChanged")]
    public static partial void EvaluationKeysChanged(this ILogger logger, int count, string store);

    [LoggerMessage(309, LogLevel.Error,
        "External Evaluation: {Problem} The keys at hand go on signing until they end; then requests are answered 503. This is told once.",
        EventName = "EvaluationKeysFailed")]
    public static partial void EvaluationKeysFailed(this ILogger logger, string problem);

    [LoggerMessage(310, LogLevel.Information, "External Evaluation: {Store} works again.", EventName = "EvaluationKeysRecovered")]
    public static partial void EvaluationKeysRecovered(this ILogger logger, string store);

    [LoggerMessage(311, LogLevel.Error,
        "External Evaluation: used nonces cannot be remembered: {Problem}. Requests get 503 and can be sent again.",
        EventName = "EvaluationNoncesFailed")]
    public static partial void EvaluationNoncesFailed(this ILogger logger, string problem);
}
