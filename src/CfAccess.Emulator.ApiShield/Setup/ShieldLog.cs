using Microsoft.Extensions.Logging;

namespace CfAccess.Emulator.ApiShield.Setup;

/// <summary>What the API logs, in the category of the emulator: never a secret, a token or what a client sent.</summary>
internal static partial class ShieldLog
{
    /// <summary>Without the exception itself, whose message may quote what a client sent.</summary>
    [LoggerMessage(
        2003,
        LogLevel.Error,
        "The emulator's API of API Shield met {Exception} where it should not, and answered 500. This is a defect of the emulator. It was met{Place}",
        EventName = "EmulatorShieldFailed")]
    public static partial void ShieldFailed(ILogger logger, string exception, string? place);
}
