using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Diagnostics;

/// <summary>Log events of the scheme. Never a token, a claim value or a <c>kid</c>.</summary>
internal static partial class SchemeLog
{
    [LoggerMessage(1, LogLevel.Debug, "Accepted a Cloudflare Access token from the {Source}.", EventName = "TokenAccepted")]
    public static partial void TokenAccepted(this ILogger logger, string source);

    [LoggerMessage(2, LogLevel.Information, "Refused a Cloudflare Access token from the {Source}: {Reason}.", EventName = "TokenRefused")]
    public static partial void TokenRefused(this ILogger logger, string source, string reason);

    [LoggerMessage(5, LogLevel.Information,
        "Answered 503: the caller may be let in or not by an identity that is not to be had now: identity_unavailable.",
        EventName = "IdentityMissing")]
    public static partial void IdentityMissing(this ILogger logger);

    [LoggerMessage(EventId = 3, Message = "Scheme {Scheme} trusts {Issuer}, which is no Cloudflare team domain: AllowCustomTeamDomain is on.",
        EventName = "CustomTeamDomain")]
    public static partial void CustomTeamDomain(this ILogger logger, LogLevel level, string scheme, string issuer);

    [LoggerMessage(4, LogLevel.Warning,
        "Scheme {Scheme} has an audience that does not look like an AUD tag (64 lowercase hexadecimal digits): {Audience}. Tags are compared character "
        + "by character. Copy the Application Audience (AUD) Tag from the application in the Zero Trust dashboard.",
        EventName = "UnusualAudience")]
    public static partial void UnusualAudience(this ILogger logger, string scheme, string audience);
}
