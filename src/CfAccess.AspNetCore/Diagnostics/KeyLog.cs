using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Diagnostics;

/// <summary>Log events of the signing keys: once per change of state, not once per request.</summary>
internal static partial class KeyLog
{
    [LoggerMessage(101, LogLevel.Information, "Fetched {Count} signing keys from {Url}.", EventName = "KeysFetched")]
    public static partial void KeysFetched(this ILogger logger, int count, Uri url);

    [LoggerMessage(102, LogLevel.Debug, "Refreshed {Count} signing keys from {Url}.", EventName = "KeysRefreshed")]
    public static partial void KeysRefreshed(this ILogger logger, int count, Uri url);

    [LoggerMessage(103, LogLevel.Warning,
        "Could not refresh the signing keys from {Url}: {Detail}. The keys at hand go on being used, and the fetch is repeated.",
        EventName = "KeysRefreshFailed")]
    public static partial void KeysRefreshFailed(this ILogger logger, Uri url, string detail);

    [LoggerMessage(104, LogLevel.Error,
        "No trusted signing keys: {Url} could not be fetched: {Detail}. Requests are answered 503 until it can. "
        + "Check the team domain, and that this machine may connect to it.",
        EventName = "KeysUnavailable")]
    public static partial void KeysUnavailable(this ILogger logger, Uri url, string detail);

    [LoggerMessage(105, LogLevel.Information, "Signing keys can be fetched from {Url} again: {Count} keys.", EventName = "KeysRecovered")]
    public static partial void KeysRecovered(this ILogger logger, int count, Uri url);

    [LoggerMessage(106, LogLevel.Warning, "Passed over a signing key of {Url}, kid {Kid}: {Problem}.", EventName = "KeySkipped")]
    public static partial void KeySkipped(this ILogger logger, Uri url, string kid, string problem);

    [LoggerMessage(107, LogLevel.Debug, "Fetching signing keys from {Url}.", EventName = "KeysFetching")]
    public static partial void KeysFetching(this ILogger logger, Uri url);

    [LoggerMessage(108, LogLevel.Warning,
        "The signing keys of {Url} are not shared between instances: {Problem}. This instance fetches its own.", EventName = "SharedKeysPassedOver")]
    public static partial void SharedKeysPassedOver(this ILogger logger, Uri url, string problem);

    [LoggerMessage(109, LogLevel.Information, "Took over {Count} signing keys of {Url} that another instance fetched.", EventName = "SharedKeysTaken")]
    public static partial void SharedKeysTaken(this ILogger logger, int count, Uri url);
}
