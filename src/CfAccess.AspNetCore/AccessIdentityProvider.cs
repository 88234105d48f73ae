namespace CfAccess.AspNetCore;

/// <summary>The identity provider that a person logged in with.</summary>
public sealed class AccessIdentityProvider
{
    /// <summary>The id, as the Zero Trust dashboard and its API have it.</summary>
    public string? Id { get; init; }

    /// <summary>The kind, such as <c>azureAD</c>, <c>okta</c> or <c>onetimepin</c>.</summary>
    public string? Type { get; init; }
}
