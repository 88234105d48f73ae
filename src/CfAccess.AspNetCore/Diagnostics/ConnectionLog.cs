using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Diagnostics;

/// <summary>Log events of what lasts longer than a request. Never what a client chose.</summary>
internal static partial class ConnectionLog
{
    [LoggerMessage(401, LogLevel.Information,
        "Answered 403: the request comes from a page of another origin than this host's. If it is yours, or a proxy changes the Host header, name "
        + "the origin in RequireAccessSameOrigin.",
        EventName = "ForeignPageRefused")]
    public static partial void ForeignPageRefused(this ILogger logger);

    [LoggerMessage(402, LogLevel.Information, "Ended a Blazor circuit: {Reason}. The page has to be reloaded.", EventName = "CircuitEnded")]
    public static partial void CircuitEnded(this ILogger logger, string reason);

    [LoggerMessage(403, LogLevel.Warning, "{Endpoints}: {Problem}", EventName = "CircuitsUnprotected")]
    public static partial void CircuitsUnprotected(ILogger logger, string endpoints, string problem);
}
