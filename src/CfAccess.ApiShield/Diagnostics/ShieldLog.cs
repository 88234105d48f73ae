using Microsoft.Extensions.Logging;

namespace CfAccess.ApiShield.Diagnostics;

/// <summary>Log events. Never a token, a secret, a claim value, a <c>kid</c> or anything else that a client sent.</summary>
internal static partial class ShieldLog
{
    /// <summary>The log category. It is stable, so that a class can move without breaking an application's log filters.</summary>
    public const string Category = "CfAccess.ApiShield";

    /// <summary>The log category of events that a request causes.</summary>
    public const string RequestCategory = "CfAccess.ApiShield.Requests";

    [LoggerMessage(1001, LogLevel.Information,
        "API Shield is active. Token configurations: {Configurations}, rules: {Rules}, operations: {Operations}.",
        EventName = "DocumentsLoaded")]
    public static partial void DocumentsLoaded(this ILogger logger, int configurations, int rules, int operations);

    [LoggerMessage(EventId = 1002, Message = "API Shield: {Document} {Pointer}: {Problem}", EventName = "DocumentProblem")]
    public static partial void DocumentProblem(
        this ILogger logger, LogLevel level, ApiShieldDocumentKind document, string pointer, string problem);

    [LoggerMessage(1003, LogLevel.Error,
        "API Shield: the changed documents are invalid (errors: {Errors}). The previous rules stay active.",
        EventName = "DocumentsRefused")]
    public static partial void DocumentsRefused(this ILogger logger, int errors);

    [LoggerMessage(1004, LogLevel.Error,
        "API Shield: the changed documents could not be read. The previous rules stay active.",
        EventName = "ReloadFailed")]
    public static partial void ReloadFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1005, LogLevel.Information,
        "API Shield: a request does not satisfy rule {Rule} of operation {Operation}: {Outcome}. Tokens: {Tokens}.",
        EventName = "RuleNotSatisfied")]
    public static partial void RuleNotSatisfied(this ILogger logger, string rule, string operation, string outcome, string tokens);

    [LoggerMessage(1006, LogLevel.Information, "API Shield: a request was refused: {Outcome}.", EventName = "UnknownRequestRefused")]
    public static partial void UnknownRequestRefused(this ILogger logger, string outcome);

    [LoggerMessage(1007, LogLevel.Warning,
        "AddApiShield was called, but UseApiShield was not: no rule is enforced. Call app.UseApiShield() before what serves the requests.",
        EventName = "MiddlewareMissing")]
    public static partial void MiddlewareMissing(this ILogger logger);

    [LoggerMessage(1008, LogLevel.Warning,
        "API Shield matches as the edge does (Matching is Edge). ASP.NET Core's routing takes other spellings of a path too, which no rule sees: "
        + "use Origin where this is what protects the application.",
        EventName = "EdgeMatching")]
    public static partial void EdgeMatching(this ILogger logger);

    [LoggerMessage(1009, LogLevel.Warning, "API Shield: {Document} {Pointer}: {Finding}", EventName = "Finding")]
    public static partial void Finding(this ILogger logger, ApiShieldDocumentKind document, string pointer, string finding);

    [LoggerMessage(1010, LogLevel.Error,
        "API Shield: the documents cannot be watched, so a change of them may come into force late; this is tried again in a minute.",
        EventName = "WatchFailed")]
    public static partial void WatchFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1011, LogLevel.Information,
        "API Shield: no saved operation covers {Uncovered} of {Total} endpoints. Requests that reach them are protected only if their path matches "
        + "an operation. To protect an endpoint, save its operation. Endpoints: {Endpoints}.",
        EventName = "EndpointsWithoutOperation")]
    public static partial void EndpointsWithoutOperation(this ILogger logger, int uncovered, int total, string endpoints);

    [LoggerMessage(1012, LogLevel.Error,
        "API Shield: the rule of operation {Operation} has no effect at endpoint {Endpoint}, since routing runs an endpoint with ShortCircuit before any "
        + "middleware. Remove .ShortCircuit() from the endpoint.",
        EventName = "RuleWithoutEffect")]
    public static partial void RuleWithoutEffect(this ILogger logger, string endpoint, string operation);
}
