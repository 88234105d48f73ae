using System.Text.Json.Nodes;

namespace CfAccess.Emulator;

/// <summary>A person who can log in at the emulator.</summary>
public sealed class AccessEmulatorPerson
{
    /// <summary>The e-mail address. Required, and unique without regard to case.</summary>
    public required string Email { get; init; }

    /// <summary>The name shown on the login page and given by get-identity. Default: none.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The names of the groups that the person is in: in the token as <c>custom.groups</c>, and in get-identity. Default: none.
    /// </summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>
    /// Further members of the token's <c>custom</c>, as an administrator adds SAML attributes and OIDC claims to it. Values from
    /// configuration are texts, lists and objects of texts. Default: none. Where a token would outgrow a cookie, members are dropped from
    /// the end, as Cloudflare drops them; get-identity keeps all.
    /// </summary>
    public JsonObject Custom { get; init; } = [];

    /// <summary>The country that the person connects from, ISO 3166-1 alpha-2. Default: <c>US</c>.</summary>
    public string Country { get; init; } = AccessEmulatorDefaults.Country;

    /// <summary>The type of the identity provider, given by get-identity. Default: <c>onetimepin</c>.</summary>
    public string IdentityProvider { get; init; } = AccessEmulatorDefaults.IdentityProvider;
}
