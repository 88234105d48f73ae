namespace CfAccess.Emulator;

/// <summary>
/// The rule External Evaluation: at login the emulator asks an application whether the person may enter. Source: Cloudflare One documentation,
/// "External Evaluation".
/// </summary>
public sealed class AccessEmulatorExternalEvaluation
{
    /// <summary>
    /// Where the emulator posts its question: an absolute <c>http</c> or <c>https</c> URL, or a path of the app behind the emulator, such as
    /// <c>/evaluate</c>. Required. As with Cloudflare, the path must not need a login itself: give it an application with a Bypass policy.
    /// </summary>
    public required string EvaluateUrl { get; init; }

    /// <summary>Where the keys are published that sign the answers; an URL or a path likewise. Required.</summary>
    public required string KeysUrl { get; init; }
}
