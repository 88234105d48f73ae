namespace CfAccess.AspNetCore;

/// <summary>One trusted team: who signs, and for which applications. Its keys and audiences are never mixed with another team's.</summary>
public sealed class CloudflareAccessTeam
{
    /// <summary>
    /// The team's domain: <c>acme</c>, <c>acme.cloudflareaccess.com</c> or <c>https://acme.cloudflareaccess.com</c>; <c>acme.fed</c> and
    /// its long forms for FedRAMP. Required. It becomes the issuer that tokens must name, and the host that keys are fetched from.
    /// </summary>
    public string? TeamDomain { get; set; }

    /// <summary>
    /// The AUD tags of the applications whose tokens are accepted from this team; at least one. Compared character for character.
    /// Found in the Zero Trust dashboard: Access, Applications, the application, Application Audience (AUD) Tag.
    /// </summary>
    public IList<string> Audiences { get; set; } = [];

    /// <summary>
    /// The member of a token's <c>custom</c> object that holds this team's groups, which become roles. Default: none, no roles, since
    /// the administrator of another team can give any name to a group.
    /// </summary>
    public string? GroupsClaim { get; set; }

    /// <summary>
    /// Whether this team's groups are those that Cloudflare tells of a person (get-identity), in place of those in the token; they become
    /// roles. Default: <see langword="false"/>. When they are asked for is told by <see cref="CloudflareAccessOptions.Identity"/>.
    /// </summary>
    public bool GroupsFromIdentity { get; set; }
}
