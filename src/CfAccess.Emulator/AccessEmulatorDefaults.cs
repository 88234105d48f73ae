namespace CfAccess.Emulator;

/// <summary>The values that the emulator uses unless told otherwise.</summary>
public static class AccessEmulatorDefaults
{
    /// <summary>The section of configuration that the options are read from.</summary>
    public const string ConfigurationSection = "CloudflareAccess:Emulator";

    /// <summary>The section of the package CfAccess.Emulator.ApiShield, below <see cref="ConfigurationSection"/>.</summary>
    internal const string ApiShieldSection = "ApiShield";

    /// <summary>
    /// The issuer of the emulator's tokens. No public authority issues a certificate for a name under <c>.localhost</c> (RFC 6761, section 6.3), and a
    /// name under <c>cloudflareaccess.com</c> could be a stranger's team.
    /// </summary>
    public const string Issuer = "https://emulator.cloudflareaccess.localhost";

    /// <summary>The AUD tag of the application under development, when it configures none of its own.</summary>
    public const string Audience = "cfacce55cfacce55cfacce55cfacce55cfacce55cfacce55cfacce55cfacce55";

    /// <summary>
    /// The Client ID of the service token that the emulator knows when none is configured. Its Client Secret is made at each start.
    /// </summary>
    public const string ServiceTokenClientId = "cfacce55000000000000000000000001.access";

    /// <summary>The country that people connect from, unless they have one of their own.</summary>
    public const string Country = "US";

    /// <summary>The type of the identity provider that people log in with, unless they have one of their own: Cloudflare's e-mail code.</summary>
    public const string IdentityProvider = "onetimepin";

    /// <summary>
    /// The name of the <see cref="System.Net.Http.IHttpClientFactory"/> client that asks the applications of External Evaluation rules. It follows no
    /// redirects and keeps no cookies. A test without a network gives it the handler of its test server.
    /// </summary>
    public const string ExternalEvaluationHttpClient = "CloudflareAccess.Emulator.ExternalEvaluation";

    /// <summary>The address that the emulator on its own listens on, and the issuer of its tokens.</summary>
    public const string HostAddress = "http://localhost:5090";
}
