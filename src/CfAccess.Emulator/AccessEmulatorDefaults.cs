namespace CfAccess.Emulator;

/// <summary>The values that the emulator uses unless told otherwise.</summary>
public static class AccessEmulatorDefaults
{
    /// <summary>
    /// The issuer of the emulator's tokens. A name under <c>.localhost</c> never leaves the machine (RFC 6761, section 6.3), and one
    /// under <c>cloudflareaccess.com</c> could be a stranger's team.
    /// </summary>
    public const string Issuer = "https://emulator.cloudflareaccess.localhost";

    /// <summary>The AUD tag of the application under development, when it configures none of its own.</summary>
    public const string Audience = "cfacce55cfacce55cfacce55cfacce55cfacce55cfacce55cfacce55cfacce55";

    /// <summary>
    /// The Client ID of the service token that the emulator knows when none is configured. Its Client Secret is made at each start.
    /// </summary>
    public const string ServiceTokenClientId = "cfacce55000000000000000000000001.access";
}
