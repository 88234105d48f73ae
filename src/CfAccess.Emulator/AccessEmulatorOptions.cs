using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using CfAccess.Emulator.Parts;
using Microsoft.Extensions.Configuration;

namespace CfAccess.Emulator;

/// <summary>
/// Options of the Cloudflare Access emulator, read from the section <c>CloudflareAccess:Emulator</c>; code wins over configuration. They
/// are checked when the application starts, all at once.
/// </summary>
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
    /// The attribute <c>SameSite</c> of the cookie <c>CF_Authorization</c>. Browsers accept <c>None</c> on https only, so on http it becomes
    /// <c>Lax</c>. Default: <see cref="AccessEmulatorSameSite.None"/>, as at Access.
    /// </summary>
    public AccessEmulatorSameSite CookieSameSite { get; set; } = AccessEmulatorSameSite.None;

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
    /// The applications before which the edge stands, with who is let in; then it decides before the app does. Default: none, which means
    /// that it follows the app: whoever is logged in comes with a token, and the app's own 401 leads to the login.
    /// </summary>
    public IList<AccessEmulatorApplication> Applications { get; set; } = [];

    /// <summary>
    /// The bearer secret with which scripts have tokens made over HTTP. Default: none, which means 64 random hex digits at each start.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)]
    public string? MintSecret { get; set; }

    /// <summary>
    /// Host names beside localhost on which the emulator's pages answer, without a port. Default: none. A name that others can point at
    /// this machine lets their pages in.
    /// </summary>
    public IList<string> AllowedHosts { get; set; } = [];

    /// <summary>
    /// Networks beside this machine whose callers reach the emulator's pages, and so can be anyone: that of a container's host, say. Set in
    /// code only. Default: none.
    /// </summary>
    public IList<IPNetwork> AllowedNetworks { get; } = [];

    /// <summary>
    /// Where the emulator says at start who can log in, and with which secret. Default: none, which means the console.
    /// </summary>
    public TextWriter? Output { get; set; }

    /// <summary>
    /// Creates the key pair of each signing key. Default: a new RSA key of 2,048 bits. Tests that start many emulators share pairs, since
    /// generating one takes about 0.1 seconds of processor time.
    /// </summary>
    internal Func<RSA> CreateKeyPair { get; set; } = static () => RSA.Create(2048);

    internal List<string> ConfigurationErrors { get; } = [];

    /// <summary>What companion packages add.</summary>
    internal List<EmulatorPartOptions> Parts { get; } = [];

    /// <summary>The section that these options were read from, which has the sections of the parts; null if only code set them.</summary>
    internal IConfigurationSection? Settings { get; set; }
}
