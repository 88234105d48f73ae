using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Diagnostics;

/// <summary>Log events about requirements. They name what the application configured, and nothing of a caller.</summary>
internal static partial class AuthorizationLog
{
    [LoggerMessage(21, LogLevel.Error,
        "Policy name '{Name}' is not valid: it starts like the name of an Access policy and cannot be read. Every caller is rejected. "
        + "Create the name with CloudflareAccessPolicy.",
        EventName = "PolicyNameInvalid")]
    public static partial void PolicyNameInvalid(this ILogger logger, string name);

    [LoggerMessage(22, LogLevel.Error, "Endpoints were added while the application runs. {Errors}", EventName = "LateEndpointsInvalid")]
    public static partial void LateEndpointsInvalid(this ILogger logger, string errors);

    [LoggerMessage(23, LogLevel.Error, "Endpoints were added while the application runs, and could not be checked.", EventName = "LateEndpointsUnchecked")]
    public static partial void LateEndpointsUnchecked(this ILogger logger, Exception failure);

    [LoggerMessage(24, LogLevel.Debug,
        "A Cloudflare Access requirement was not met because the principal was rebuilt from claims. Add claims to the principal itself or to its Clone(), "
        + "for example in an IClaimsTransformation, and create no new identity from its claims.",
        EventName = "PrincipalRebuilt")]
    public static partial void PrincipalRebuilt(this ILogger logger);

    [LoggerMessage(25, LogLevel.Warning, "{Endpoints}: {Problem}", EventName = "RolesWithoutGroups")]
    public static partial void RolesWithoutGroups(ILogger logger, string endpoints, string problem);

    [LoggerMessage(26, LogLevel.Warning, "{Endpoints}: {Problem}", EventName = "AccessSchemeNotAsked")]
    public static partial void AccessSchemeNotAsked(ILogger logger, string endpoints, string problem);

    [LoggerMessage(28, LogLevel.Information, "Responded 403: {Reason}", EventName = "RequirementNotMet")]
    public static partial void RequirementNotMet(this ILogger logger, string reason);

    [LoggerMessage(27, LogLevel.Warning, "{Endpoints}: {Problem}", EventName = "TeamReplaced")]
    public static partial void TeamReplaced(ILogger logger, string endpoints, string problem);
}
