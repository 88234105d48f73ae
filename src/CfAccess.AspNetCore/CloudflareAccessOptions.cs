using Microsoft.AspNetCore.Authentication;

namespace CfAccess.AspNetCore;

/// <summary>
/// Options of the Cloudflare Access scheme. They bind from <c>Authentication:Schemes:{scheme}</c>, code wins over configuration, and
/// they are checked when the application starts. They do not reload.
/// </summary>
public class CloudflareAccessOptions : AuthenticationSchemeOptions
{
    /// <summary>Makes options with every default.</summary>
    public CloudflareAccessOptions() => Events = new CloudflareAccessEvents();

    /// <summary>
    /// The team's domain: <c>acme</c>, <c>acme.cloudflareaccess.com</c> or <c>https://acme.cloudflareaccess.com</c>; <c>acme.fed</c> and
    /// its long forms for FedRAMP. Required, unless <see cref="Teams"/> is used. Case and a trailing slash do not matter.
    /// </summary>
    public string? TeamDomain { get; set; }

    /// <summary>
    /// The AUD tags of the applications whose tokens are accepted; at least one, unless <see cref="Teams"/> is used. Compared character
    /// for character. Found in the Zero Trust dashboard: Access, Applications, the application, Application Audience (AUD) Tag.
    /// </summary>
    public IList<string> Audiences { get; set; } = [];

    /// <summary>
    /// Several teams, each with its own audiences and keys, in place of <see cref="TeamDomain"/> and <see cref="Audiences"/>. A token is
    /// judged by the settings of the team that it names as its issuer, and of no other.
    /// </summary>
    public IList<CloudflareAccessTeam> Teams { get; set; } = [];

    /// <summary>
    /// Whether requirements need not say which of several <see cref="Teams"/> they mean, since all of them are one organization, such as a
    /// renamed team under its old and its new name. Off, a requirement that names no team stops the start: the administrator of a
    /// partner's team can give anybody any e-mail address and any group. Default: <see langword="false"/>.
    /// </summary>
    public bool TrustAllTeamsAlike { get; set; }

    /// <summary>
    /// Whether a team domain may be any absolute <c>https</c> origin, port included, instead of only <c>https://*.cloudflareaccess.com</c>.
    /// Plain <c>http</c> is allowed to a loopback address or to the name <c>localhost</c>, and in the Development environment to any host. A name
    /// under <c>localhost</c> needs <c>https</c>, because some systems ask DNS for it. Default: <see langword="false"/>. A warning at start reports it.
    /// </summary>
    public bool AllowCustomTeamDomain { get; set; }

    /// <summary>Where the token is looked for. Default: <see cref="CloudflareAccessTokenSources.HeaderThenCookie"/>.</summary>
    public CloudflareAccessTokenSources TokenSources { get; set; }

    /// <summary>
    /// How far this machine's clock may differ from Cloudflare's when <c>exp</c>, <c>nbf</c> and <c>iat</c> are checked.
    /// Range: 0 to 5 minutes. Default: 60 seconds.
    /// </summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The member of a token's <c>custom</c> object that holds the person's groups; each becomes a claim of <see cref="RoleClaimType"/>.
    /// Default: none; nothing in a token becomes a role. With <see cref="Teams"/>, set it on the team.
    /// </summary>
    public string? GroupsClaim { get; set; }

    /// <summary>
    /// Whether a person's groups are those that Cloudflare tells of the person (get-identity), in place of those in the token; each becomes
    /// a role. Default: <see langword="false"/>. When they are asked for is told by <see cref="Identity"/>. With <see cref="Teams"/>, set it
    /// on the team.
    /// </summary>
    public bool GroupsFromIdentity { get; set; }

    /// <summary>How Cloudflare is asked who is calling, and how long the answer counts.</summary>
    public CloudflareAccessIdentityOptions Identity { get; set; } = new();

    /// <summary>The longest token that is looked at, in characters. Range: 1,024 to 1,048,576. Default: 16,384.</summary>
    public int MaxTokenLength { get; set; } = 16 * 1024;

    /// <summary>How the team's signing keys are fetched and how long they are trusted.</summary>
    public CloudflareAccessKeyOptions Keys { get; set; } = new();

    /// <summary>How validated tokens are kept, so that each is checked with cryptography once.</summary>
    public CloudflareAccessTokenCacheOptions TokenCache { get; set; } = new();

    /// <summary>What a request is answered that has no token and needs one.</summary>
    public CloudflareAccessChallengeOptions Challenge { get; set; } = new();

    /// <summary>
    /// Whether the caller is told why its token was refused, in the <c>WWW-Authenticate</c> header of a 401 and in problem details.
    /// Default: <see langword="false"/>: only the log tells.
    /// </summary>
    public bool IncludeErrorDetails { get; set; }

    /// <summary>
    /// Whether the token is kept in the ticket, to be read by <c>HttpContext.GetTokenAsync("access_token")</c>.
    /// Default: <see langword="false"/>.
    /// </summary>
    public bool SaveToken { get; set; }

    /// <summary>
    /// The claim type of the caller's name. Default: none, which means <c>email</c> for people (<c>sub</c> for a person without an email address) and
    /// <c>common_name</c> for service tokens.
    /// Another type gets the same value under its own name. It cannot be a member of the token with another meaning, such as <c>sub</c>.
    /// </summary>
    public string? NameClaimType { get; set; }

    /// <summary>
    /// The claim type of roles, that is of groups. Default: <c>groups</c>. It cannot be a member of the token with another meaning,
    /// such as <c>email</c>.
    /// </summary>
    public string RoleClaimType { get; set; } = AccessClaimTypes.Groups;

    /// <summary>What the application wants to be told, and may change, while a request is authenticated.</summary>
    public new CloudflareAccessEvents Events
    {
        get => (CloudflareAccessEvents)base.Events!;
        set => base.Events = value;
    }

    /// <summary>What configuration held that could not be read, told by validation together with all else that is wrong.</summary>
    internal List<string> ConfigurationErrors { get; } = [];

    /// <summary>The teams of the application's own settings, also if something replaced them afterwards.</summary>
    internal IReadOnlyList<CloudflareAccessTeam> ConfiguredTeams { get; set; } = [];

    /// <summary>The teams to trust: those of <see cref="Teams"/>, or the single one of the scheme's own members.</summary>
    internal IEnumerable<CloudflareAccessTeam> TeamsInEffect() => Teams is { Count: > 0 }
        ? Teams
        : [new CloudflareAccessTeam
        {
            TeamDomain = TeamDomain, Audiences = Audiences, GroupsClaim = GroupsClaim, GroupsFromIdentity = GroupsFromIdentity,
        }];
}
