namespace CfAccess.Emulator.ApiShield;

/// <summary>Options of the emulator's API Shield, read from the section <c>CloudflareAccess:Emulator:ApiShield</c>. Code wins over configuration.</summary>
public sealed class AccessEmulatorApiShieldOptions
{
    /// <summary>
    /// Whether the emulator responds to Cloudflare's HTTP API for API Shield's JWT validation below <c>/client/v4</c>, and an application behind the
    /// emulator enforces the rules of that API instead of its documents. Needs <see cref="AccessEmulatorOptions.Edge"/>. Default:
    /// <see langword="true"/>.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// The file that the rules, operations and token configurations are kept in, with the secrets of symmetric keys; a relative path is below the
    /// content root of the application, or else the working folder. It is read at start, and made when something is first saved. Default: none,
    /// which means that all is gone at the end.
    /// </summary>
    public string? File { get; set; }
}
