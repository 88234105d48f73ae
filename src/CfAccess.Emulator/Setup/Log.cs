using Microsoft.Extensions.Logging;

namespace CfAccess.Emulator.Setup;

/// <summary>What the emulator logs: never a secret, a token or what a client sent.</summary>
internal static partial class Log
{
    /// <summary>The log category. It is stable, so that a class can move without breaking an application's log filters.</summary>
    public const string Category = "CfAccess.Emulator";

    [LoggerMessage(
        2001,
        LogLevel.Information,
        "The Cloudflare Access emulator is off outside Development (this is {Environment}).",
        EventName = "EmulatorOff")]
    public static partial void Off(ILogger logger, string environment);

    [LoggerMessage(
        2002,
        LogLevel.Warning,
        "The Cloudflare Access emulator runs in {Environment}, because AllowOutsideDevelopment is set: anyone who reaches its login page "
        + "is let in as anyone.",
        EventName = "EmulatorOutsideDevelopment")]
    public static partial void OutsideDevelopment(ILogger logger, string environment);
}
