namespace CfAccess.AspNetCore;

/// <summary>
/// The claim types of an Access principal, named as the members of the token are.
/// Source: Cloudflare One documentation, "Application token".
/// </summary>
public static class AccessClaimTypes
{
    /// <summary>The AUD tags of the applications that the token is for; one claim each.</summary>
    public const string Audience = "aud";

    /// <summary>A service token's Client ID.</summary>
    public const string CommonName = "common_name";

    /// <summary>The country that the caller connected from, ISO 3166-1 alpha-2.</summary>
    public const string Country = "country";

    /// <summary>SAML attributes and OIDC claims that the administrator chose, as JSON.</summary>
    public const string Custom = "custom";

    /// <summary>A person's email address. A person of an end-user application may have none.</summary>
    public const string Email = "email";

    /// <summary>When the token ends, in seconds since 1970 (RFC 7519, section 4.1.4).</summary>
    public const string Expiration = "exp";

    /// <summary>The id of a group that the person is in, where the identity provider gives one.</summary>
    public const string GroupId = "group_id";

    /// <summary>The name of a group that the person is in: the role claim type unless an option names another.</summary>
    public const string Groups = "groups";

    /// <summary>A cache key for the person's identity.</summary>
    public const string IdentityNonce = "identity_nonce";

    /// <summary>When the token was made, in seconds since 1970 (RFC 7519, section 4.1.6).</summary>
    public const string IssuedAt = "iat";

    /// <summary>The team that made the token, such as <c>https://acme.cloudflareaccess.com</c>.</summary>
    public const string Issuer = "iss";

    /// <summary>When the token begins, in seconds since 1970 (RFC 7519, section 4.1.5). Service tokens have none.</summary>
    public const string NotBefore = "nbf";

    /// <summary>A person's id, unique in the team; together with <see cref="Issuer"/> it is the person. Service tokens have none.</summary>
    public const string Subject = "sub";

    /// <summary>The kind of token: always <c>app</c> in a principal.</summary>
    public const string Type = "type";
}
