using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Diagnostics;

/// <summary>Log events of identities and groups. Never a token, nor anything of what was answered.</summary>
internal static partial class IdentityLog
{
    [LoggerMessage(201, LogLevel.Warning,
        "Could not ask {Url} who is calling: {Detail}. Until that works, requests that need an identity are answered {Consequence}.",
        EventName = "IdentityUnavailable")]
    public static partial void IdentityUnavailable(this ILogger logger, Uri url, string detail, string consequence);

    [LoggerMessage(202, LogLevel.Information, "{Url} tells again who is calling.", EventName = "IdentityRecovered")]
    public static partial void IdentityRecovered(this ILogger logger, Uri url);

    [LoggerMessage(203, LogLevel.Warning,
        "{Url} did not tell who is behind a good token: {Detail}. Requests with that token that need an identity are answered {Consequence}. "
        + "The same for other tokens is not told again within a minute.",
        EventName = "IdentityRefused")]
    public static partial void IdentityRefused(this ILogger logger, Uri url, string detail, string consequence);

    [LoggerMessage(204, LogLevel.Warning,
        "Passed over {What} of people of {Issuer}: it has another shape than groups or claims have. What is passed over makes no role. "
        + "This is told once.",
        EventName = "OddClaims")]
    public static partial void OddClaims(this ILogger logger, string what, string issuer);

    [LoggerMessage(205, LogLevel.Warning,
        "Identities of {Issuer} are not shared between instances: {Problem}. This instance asks for its own.",
        EventName = "SharedIdentityPassedOver")]
    public static partial void SharedIdentityPassedOver(this ILogger logger, string issuer, string problem);

    [LoggerMessage(206, LogLevel.Debug, "Asked {Url} who is calling: {Outcome}.", EventName = "IdentityAsked")]
    public static partial void IdentityAsked(this ILogger logger, Uri url, string outcome);
}
