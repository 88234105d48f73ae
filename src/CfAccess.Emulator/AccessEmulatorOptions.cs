namespace CfAccess.Emulator;

/// <summary>Options of the Cloudflare Access emulator. They are checked when the application starts, all at once.</summary>
public sealed class AccessEmulatorOptions
{
    /// <summary>
    /// Whether the emulator runs outside the Development environment, where it lets anyone log in as anyone. Set in code only; a warning
    /// at start says so. Default: <see langword="false"/>.
    /// </summary>
    public bool AllowOutsideDevelopment { get; set; }

    /// <summary>
    /// Whether the emulator stands before the application as Cloudflare's edge does. Without it there are only keys and settings, so that
    /// a test can send any token to the application itself. Default: <see langword="true"/>.
    /// </summary>
    public bool Edge { get; set; } = true;

    /// <summary>
    /// The issuer of the tokens and the origin of the keys: an absolute <c>http</c> or <c>https</c> origin without a path.
    /// Default: <see cref="AccessEmulatorDefaults.Issuer"/>.
    /// </summary>
    public string Issuer { get; set; } = AccessEmulatorDefaults.Issuer;

    /// <summary>
    /// How long a login, and the token that it makes, lasts. Range: 1 minute to 31 days. Default: 24 hours.
    /// </summary>
    public TimeSpan SessionDuration { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// The people who can log in. Default: <c>alice@example.com</c> in the group <c>platform</c>, and <c>bob@example.com</c> in none.
    /// </summary>
    public IList<AccessEmulatorPerson> People { get; set; } =
    [
        new() { Email = "alice@example.com", Name = "Alice Example", Groups = ["platform"] },
        new() { Email = "bob@example.com", Name = "Bob Example" },
    ];

    /// <summary>
    /// The service tokens that are accepted. Default: one, with the Client ID <see cref="AccessEmulatorDefaults.ServiceTokenClientId"/>.
    /// </summary>
    public IList<AccessEmulatorServiceToken> ServiceTokens { get; set; } =
    [
        new() { Name = "Example service", ClientId = AccessEmulatorDefaults.ServiceTokenClientId },
    ];

    /// <summary>
    /// Where the emulator says at start who can log in, and with which secret. Default: none, which means the console.
    /// </summary>
    public TextWriter? Output { get; set; }
}
