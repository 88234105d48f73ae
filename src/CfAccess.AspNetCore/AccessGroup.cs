namespace CfAccess.AspNetCore;

/// <summary>
/// A group that a person is in, as the identity provider names it. Source: Cloudflare One documentation, "Application token", User identity.
/// </summary>
public sealed class AccessGroup
{
    /// <summary>The name; this is what becomes a role.</summary>
    public string? Name { get; init; }

    /// <summary>The id, where the provider gives one.</summary>
    public string? Id { get; init; }

    /// <summary>The e-mail address, where the provider gives one.</summary>
    public string? Email { get; init; }
}
