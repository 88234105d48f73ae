using CfAccess.AspNetCore;
using CfAccess.AspNetCore.Authorization;

namespace Microsoft.AspNetCore.Authorization;

/// <summary>
/// Requirements for callers that Cloudflare Access authenticated. If the application trusts several teams, every requirement names its team, or the
/// application does not start: another team's administrator can assert any email address and any group (see
/// <see cref="CloudflareAccessOptions.TrustAllTeamsAlike"/>).
/// </summary>
public static class AccessAuthorizationPolicyBuilderExtensions
{
    /// <summary>Requires a person.</summary>
    /// <param name="builder">The policy.</param>
    /// <param name="team">The team that must vouch for the person, as in <c>TeamDomain</c>. Required if the application trusts several teams. Default: null.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException"><paramref name="team"/> is not a team domain.</exception>
    public static AuthorizationPolicyBuilder RequireAccessUser(this AuthorizationPolicyBuilder builder, string? team = null) =>
        Require(builder, AccessRequirementKind.User, [], team);

    /// <summary>
    /// Requires a person whose identity Cloudflare returns (get-identity). Afterwards <c>GetAccessIdentityAsync</c> has it in memory. If the identity is
    /// unavailable the response is 503, whatever <see cref="CloudflareAccessIdentityOptions.Required"/> says.
    /// </summary>
    /// <param name="builder">The policy.</param>
    /// <param name="team">The team that must vouch for the person, as in <c>TeamDomain</c>. Required if the application trusts several teams. Default: null.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException"><paramref name="team"/> is not a team domain.</exception>
    public static AuthorizationPolicyBuilder RequireAccessIdentity(this AuthorizationPolicyBuilder builder, string? team = null) =>
        Require(builder, AccessRequirementKind.Identity, [], team);

    /// <summary>Requires one of the listed service tokens.</summary>
    /// <param name="builder">The policy.</param>
    /// <param name="clientIds">The allowed Client IDs, at least one. Compared character by character.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no Client ID, or one is empty.</exception>
    public static AuthorizationPolicyBuilder RequireAccessServiceToken(this AuthorizationPolicyBuilder builder, params string[] clientIds) =>
        builder.RequireAccessServiceToken(clientIds, team: null);

    /// <summary>Requires one of the listed service tokens, of one team.</summary>
    /// <param name="builder">The policy.</param>
    /// <param name="clientIds">The allowed Client IDs, at least one. Compared character by character.</param>
    /// <param name="team">The team that must vouch for the service, as in <c>TeamDomain</c>; null for the application's only team.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no Client ID, or one is empty, or <paramref name="team"/> is not a team domain.</exception>
    public static AuthorizationPolicyBuilder RequireAccessServiceToken(
        this AuthorizationPolicyBuilder builder, IEnumerable<string> clientIds, string? team) =>
        Require(builder, AccessRequirementKind.ServiceToken, clientIds, team);

    /// <summary>
    /// Requires a person in one of the groups. If groups come from get-identity and are not loaded yet, they are requested. If they are
    /// unavailable the response is 503, or 403 if <see cref="CloudflareAccessIdentityOptions.Required"/> is off.
    /// </summary>
    /// <param name="builder">The policy.</param>
    /// <param name="groups">The names of the groups, at least one. Compared character by character.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no group, or one is empty.</exception>
    public static AuthorizationPolicyBuilder RequireAccessGroup(this AuthorizationPolicyBuilder builder, params string[] groups) =>
        builder.RequireAccessGroup(groups, team: null);

    /// <summary>
    /// Requires a person in one of the groups, of one team. If groups come from get-identity and are not loaded yet, they are requested. If they are
    /// unavailable the response is 503, or 403 if <see cref="CloudflareAccessIdentityOptions.Required"/> is off.
    /// </summary>
    /// <param name="builder">The policy.</param>
    /// <param name="groups">The names of the groups, at least one. Compared character by character.</param>
    /// <param name="team">The team that must vouch for the person, as in <c>TeamDomain</c>; null for the application's only team.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no group, or one is empty, or <paramref name="team"/> is not a team domain.</exception>
    public static AuthorizationPolicyBuilder RequireAccessGroup(
        this AuthorizationPolicyBuilder builder, IEnumerable<string> groups, string? team) =>
        Require(builder, AccessRequirementKind.Group, groups, team);

    /// <summary>
    /// Requires a person in one of the groups with these ids. An id stays the same when a group is renamed. If groups come from get-identity and are not loaded yet, they are requested. If they are
    /// unavailable the response is 503, or 403 if <see cref="CloudflareAccessIdentityOptions.Required"/> is off.
    /// </summary>
    /// <param name="builder">The policy.</param>
    /// <param name="ids">The ids of the groups, as the identity provider assigns them, at least one. Compared character by character.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no id, or one is empty.</exception>
    public static AuthorizationPolicyBuilder RequireAccessGroupId(this AuthorizationPolicyBuilder builder, params string[] ids) =>
        builder.RequireAccessGroupId(ids, team: null);

    /// <summary>
    /// Requires a person in one of the groups with these ids, of one team. An id stays the same when a group is renamed. If groups come from get-identity and are not loaded yet, they are requested. If they are
    /// unavailable the response is 503, or 403 if <see cref="CloudflareAccessIdentityOptions.Required"/> is off.
    /// </summary>
    /// <param name="builder">The policy.</param>
    /// <param name="ids">The ids of the groups, as the identity provider assigns them, at least one. Compared character by character.</param>
    /// <param name="team">The team that must vouch for the person, as in <c>TeamDomain</c>; null for the application's only team.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no id, or one is empty, or <paramref name="team"/> is not a team domain.</exception>
    public static AuthorizationPolicyBuilder RequireAccessGroupId(
        this AuthorizationPolicyBuilder builder, IEnumerable<string> ids, string? team) =>
        Require(builder, AccessRequirementKind.GroupId, ids, team);

    /// <summary>Requires a person with an email address of one of the domains: the part after the last <c>@</c>.</summary>
    /// <param name="builder">The policy.</param>
    /// <param name="domains">The domains, such as <c>example.com</c>, at least one. Compared whole, in any case: a subdomain is another domain.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no domain, one is empty, or one contains an <c>@</c>.</exception>
    public static AuthorizationPolicyBuilder RequireAccessEmailDomain(this AuthorizationPolicyBuilder builder, params string[] domains) =>
        builder.RequireAccessEmailDomain(domains, team: null);

    /// <summary>Requires a person of one team with an email address of one of the domains: the part after the last <c>@</c>.</summary>
    /// <param name="builder">The policy.</param>
    /// <param name="domains">The domains, such as <c>example.com</c>, at least one. Compared whole, in any case: a subdomain is another domain.</param>
    /// <param name="team">The team that must vouch for the person, as in <c>TeamDomain</c>; null for the application's only team.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no domain, one is empty, or one contains an <c>@</c>, or <paramref name="team"/> is not a team domain.</exception>
    public static AuthorizationPolicyBuilder RequireAccessEmailDomain(
        this AuthorizationPolicyBuilder builder, IEnumerable<string> domains, string? team) =>
        Require(builder, AccessRequirementKind.EmailDomain, domains, team);

    /// <summary>Requires a token for one of the applications, for a host that several applications share.</summary>
    /// <param name="builder">The policy.</param>
    /// <param name="audiences">The AUD tags, at least one. Compared character by character. An AUD tag belongs to one team.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no AUD tag, or one is empty.</exception>
    public static AuthorizationPolicyBuilder RequireAccessAudience(this AuthorizationPolicyBuilder builder, params string[] audiences) =>
        builder.RequireAccessAudience(audiences, team: null);

    /// <summary>Requires a token for one of the applications, of one team.</summary>
    /// <param name="builder">The policy.</param>
    /// <param name="audiences">The AUD tags, at least one. Compared character by character. An AUD tag belongs to one team.</param>
    /// <param name="team">The team that must vouch for the caller, as in <c>TeamDomain</c>; null for the application's only team.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no AUD tag, or one is empty, or <paramref name="team"/> is not a team domain.</exception>
    public static AuthorizationPolicyBuilder RequireAccessAudience(
        this AuthorizationPolicyBuilder builder, IEnumerable<string> audiences, string? team) =>
        Require(builder, AccessRequirementKind.Audience, audiences, team);

    private static AuthorizationPolicyBuilder Require(
        AuthorizationPolicyBuilder builder, AccessRequirementKind kind, IEnumerable<string> values, string? team)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddRequirements(AccessRequirements.Create(kind, values, team));
    }
}
