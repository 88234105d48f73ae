namespace CfAccess.Emulator;

/// <summary>Options of the emulator's API Shield, read from the section <c>CloudflareAccess:Emulator:ApiShield</c>.</summary>
public sealed class AccessEmulatorApiShieldOptions
{
    /// <summary>
    /// Whether the emulator answers Cloudflare's HTTP API for API Shield's JWT validation below <c>/client/v4</c>, and an application that it
    /// stands before enforces what that API holds, in place of its documents. Needs <see cref="AccessEmulatorOptions.Edge"/>. Default:
    /// <see langword="false"/>; an <see cref="AccessEmulatorHost"/> begins with <see langword="true"/>.
    /// </summary>
    public bool Enabled { get; set; }

    /// <summary>
    /// The file that the rules, operations and token configurations are kept in, with the secrets of symmetric keys; a relative path is below the
    /// content root of the application, or else the working folder. It is read at start, and made when something is first saved. Default: none,
    /// which means that all is gone at the end.
    /// </summary>
    public string? File { get; set; }
}
