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
}
