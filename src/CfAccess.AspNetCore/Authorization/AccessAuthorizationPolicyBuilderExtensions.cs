using CfAccess.AspNetCore;
using CfAccess.AspNetCore.Authorization;

namespace Microsoft.AspNetCore.Authorization;

/// <summary>
/// Requirements about callers that Cloudflare Access authenticated. In an application that trusts several teams, one that names no team stops
/// the start, and is met by nobody: there an e-mail or a group alone does not tell who it is
/// (see <see cref="CloudflareAccessOptions.TrustAllTeamsAlike"/>).
/// </summary>
public static class AccessAuthorizationPolicyBuilderExtensions
{
    /// <summary>Requires a person.</summary>
    /// <param name="builder">The policy.</param>
    /// <param name="team">The team that must vouch for the person, as in <c>TeamDomain</c>; needed where the application trusts several.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException"><paramref name="team"/> is no team domain.</exception>
    public static AuthorizationPolicyBuilder RequireAccessUser(this AuthorizationPolicyBuilder builder, string? team = null) =>
        Require(builder, AccessRequirements.User(team));

    /// <summary>
    /// Requires a person of whom Cloudflare tells the identity (get-identity), so that <c>GetAccessIdentityAsync</c> has it from memory. Where
    /// it is not to be had the answer is 503, whatever <see cref="CloudflareAccessIdentityOptions.Required"/> says.
    /// </summary>
    /// <param name="builder">The policy.</param>
    /// <param name="team">The team that must vouch for the person, as in <c>TeamDomain</c>; needed where the application trusts several.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException"><paramref name="team"/> is no team domain.</exception>
    public static AuthorizationPolicyBuilder RequireAccessIdentity(this AuthorizationPolicyBuilder builder, string? team = null) =>
        Require(builder, AccessRequirements.Identity(team));

    /// <summary>Requires one of the named service tokens.</summary>
    /// <param name="builder">The policy.</param>
    /// <param name="clientIds">The Client IDs that are allowed; at least one. Compared character for character.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no Client ID, or an empty one.</exception>
    public static AuthorizationPolicyBuilder RequireAccessServiceToken(this AuthorizationPolicyBuilder builder, params string[] clientIds) =>
        builder.RequireAccessServiceToken(clientIds, team: null);

    /// <summary>Requires one of the named service tokens, of one team.</summary>
    /// <param name="builder">The policy.</param>
    /// <param name="clientIds">The Client IDs that are allowed; at least one. Compared character for character.</param>
    /// <param name="team">The team that must vouch for the service, as in <c>TeamDomain</c>; needed where the application trusts several.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no Client ID, or an empty one, or <paramref name="team"/> is no team domain.</exception>
    public static AuthorizationPolicyBuilder RequireAccessServiceToken(
        this AuthorizationPolicyBuilder builder, IEnumerable<string> clientIds, string? team) =>
        Require(builder, AccessRequirements.ServiceToken(clientIds, team));

    /// <summary>
    /// Requires a person in one of the named groups. Where groups come from get-identity and are not loaded, they are asked for; where they
    /// are not to be had the answer is 503, or 403 where <see cref="CloudflareAccessIdentityOptions.Required"/> is off.
    /// </summary>
    /// <param name="builder">The policy.</param>
    /// <param name="groups">The names of the groups; at least one. Compared character for character.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no group, or an empty one.</exception>
    public static AuthorizationPolicyBuilder RequireAccessGroup(this AuthorizationPolicyBuilder builder, params string[] groups) =>
        builder.RequireAccessGroup(groups, team: null);

    /// <summary>
    /// Requires a person in one of the named groups, of one team. Where groups come from get-identity and are not loaded, they are asked for; where they
    /// are not to be had the answer is 503, or 403 where <see cref="CloudflareAccessIdentityOptions.Required"/> is off.
    /// </summary>
    /// <param name="builder">The policy.</param>
    /// <param name="groups">The names of the groups; at least one. Compared character for character.</param>
    /// <param name="team">The team that must vouch for the person, as in <c>TeamDomain</c>; needed where the application trusts several.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no group, or an empty one, or <paramref name="team"/> is no team domain.</exception>
    public static AuthorizationPolicyBuilder RequireAccessGroup(
        this AuthorizationPolicyBuilder builder, IEnumerable<string> groups, string? team) =>
        Require(builder, AccessRequirements.Group(groups, team));

    /// <summary>
    /// Requires a person in one of the groups with these ids, which stay when a group is renamed. Where groups come from get-identity and are not loaded, they are asked for; where they
    /// are not to be had the answer is 503, or 403 where <see cref="CloudflareAccessIdentityOptions.Required"/> is off.
    /// </summary>
    /// <param name="builder">The policy.</param>
    /// <param name="ids">The ids of the groups, as the identity provider gives them; at least one. Compared character for character.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no id, or an empty one.</exception>
    public static AuthorizationPolicyBuilder RequireAccessGroupId(this AuthorizationPolicyBuilder builder, params string[] ids) =>
        builder.RequireAccessGroupId(ids, team: null);

    /// <summary>
    /// Requires a person in one of the groups with these ids, of one team. Where groups come from get-identity and are not loaded, they are asked for; where they
    /// are not to be had the answer is 503, or 403 where <see cref="CloudflareAccessIdentityOptions.Required"/> is off.
    /// </summary>
    /// <param name="builder">The policy.</param>
    /// <param name="ids">The ids of the groups, as the identity provider gives them; at least one. Compared character for character.</param>
    /// <param name="team">The team that must vouch for the person, as in <c>TeamDomain</c>; needed where the application trusts several.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no id, or an empty one, or <paramref name="team"/> is no team domain.</exception>
    public static AuthorizationPolicyBuilder RequireAccessGroupId(
        this AuthorizationPolicyBuilder builder, IEnumerable<string> ids, string? team) =>
        Require(builder, AccessRequirements.GroupId(ids, team));

    /// <summary>Requires a person whose e-mail address is of one of the named domains: what follows the last <c>@</c>.</summary>
    /// <param name="builder">The policy.</param>
    /// <param name="domains">The domains, such as <c>example.com</c>; at least one. Compared whole, without regard to case: subdomains are other domains.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no domain, or an empty one, or one with an <c>@</c>.</exception>
    public static AuthorizationPolicyBuilder RequireAccessEmailDomain(this AuthorizationPolicyBuilder builder, params string[] domains) =>
        builder.RequireAccessEmailDomain(domains, team: null);

    /// <summary>Requires a person of one team whose e-mail address is of one of the named domains: what follows the last <c>@</c>.</summary>
    /// <param name="builder">The policy.</param>
    /// <param name="domains">The domains, such as <c>example.com</c>; at least one. Compared whole, without regard to case: subdomains are other domains.</param>
    /// <param name="team">The team that must vouch for the person, as in <c>TeamDomain</c>; needed where the application trusts several.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no domain, or an empty one, or one with an <c>@</c>, or <paramref name="team"/> is no team domain.</exception>
    public static AuthorizationPolicyBuilder RequireAccessEmailDomain(
        this AuthorizationPolicyBuilder builder, IEnumerable<string> domains, string? team) =>
        Require(builder, AccessRequirements.EmailDomain(domains, team));

    /// <summary>Requires a token for one of the named applications, on a host that several applications share.</summary>
    /// <param name="builder">The policy.</param>
    /// <param name="audiences">The AUD tags; at least one. Compared character for character. An AUD tag belongs to one team.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no AUD tag, or an empty one.</exception>
    public static AuthorizationPolicyBuilder RequireAccessAudience(this AuthorizationPolicyBuilder builder, params string[] audiences) =>
        builder.RequireAccessAudience(audiences, team: null);

    /// <summary>Requires a token for one of the named applications, of one team.</summary>
    /// <param name="builder">The policy.</param>
    /// <param name="audiences">The AUD tags; at least one. Compared character for character. An AUD tag belongs to one team.</param>
    /// <param name="team">The team that must vouch for the caller, as in <c>TeamDomain</c>; needed where the application trusts several.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no AUD tag, or an empty one, or <paramref name="team"/> is no team domain.</exception>
    public static AuthorizationPolicyBuilder RequireAccessAudience(
        this AuthorizationPolicyBuilder builder, IEnumerable<string> audiences, string? team) =>
        Require(builder, AccessRequirements.Audience(audiences, team));

    private static AuthorizationPolicyBuilder Require(AuthorizationPolicyBuilder builder, AccessRequirement requirement)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddRequirements(requirement);
    }
}
