using CfAccess.AspNetCore.Authorization;
using CfAccess.AspNetCore.Authorization.Policies;

namespace CfAccess.AspNetCore;

/// <summary>
/// The names of Access policies, for places that take a policy by its name: <c>AuthorizeView</c>, a route of YARP, the dashboard of Hangfire. No policy
/// has to be added under the name. It contains the application's default policy, as the attributes do.
/// </summary>
/// <remarks>
/// A name can be written by hand, in a settings file for example. It is <c>CloudflareAccess:</c>, the name of a method of this class, <c>@</c> and the
/// team if a team is demanded, and <c>:</c> and the values, separated by commas: <c>CloudflareAccess:User</c>,
/// <c>CloudflareAccess:Group@acme:finance,legal</c>. In a value or a team, <c>%</c> is <c>%25</c>, a comma is <c>%2C</c>, and a colon is <c>%3A</c>.
/// A name that starts with <c>CloudflareAccess:</c> and does not follow these rules rejects every caller.
/// </remarks>
public static class CloudflareAccessPolicy
{
    /// <summary>Requires a person, as <see cref="RequireAccessUserAttribute"/>.</summary>
    /// <param name="team">The team that must vouch for the person, as in <c>TeamDomain</c>. Required if the application trusts several teams. Default: null.</param>
    /// <returns>The name of the policy.</returns>
    /// <exception cref="ArgumentException"><paramref name="team"/> is not a team domain.</exception>
    public static string User(string? team = null) => Format(AccessRequirementKind.User, [], team);

    /// <summary>Requires a person with an identity, as <see cref="RequireAccessIdentityAttribute"/>.</summary>
    /// <param name="team">The team that must vouch for the person, as in <c>TeamDomain</c>. Required if the application trusts several teams. Default: null.</param>
    /// <returns>The name of the policy.</returns>
    /// <exception cref="ArgumentException"><paramref name="team"/> is not a team domain.</exception>
    public static string Identity(string? team = null) => Format(AccessRequirementKind.Identity, [], team);

    /// <summary>Requires one of the listed service tokens, as <see cref="RequireAccessServiceTokenAttribute"/>.</summary>
    /// <param name="clientIds">The allowed Client IDs, at least one. Compared character by character.</param>
    /// <returns>The name of the policy.</returns>
    /// <exception cref="ArgumentException">There is no Client ID, or one is empty.</exception>
    public static string ServiceToken(params string[] clientIds) => ServiceToken(clientIds, team: null);

    /// <summary>Requires one of the listed service tokens, of one team.</summary>
    /// <param name="clientIds">The allowed Client IDs, at least one. Compared character by character.</param>
    /// <param name="team">The team that must vouch for the service, as in <c>TeamDomain</c>; null for the application's only team.</param>
    /// <returns>The name of the policy.</returns>
    /// <exception cref="ArgumentException">There is no Client ID, one is empty, or <paramref name="team"/> is not a team domain.</exception>
    public static string ServiceToken(IEnumerable<string> clientIds, string? team) => Format(AccessRequirementKind.ServiceToken, clientIds, team);

    /// <summary>Requires a person in one of the groups, as <see cref="RequireAccessGroupAttribute"/>.</summary>
    /// <param name="groups">The names of the groups, at least one. Compared character by character.</param>
    /// <returns>The name of the policy.</returns>
    /// <exception cref="ArgumentException">There is no group, or one is empty.</exception>
    public static string Group(params string[] groups) => Group(groups, team: null);

    /// <summary>Requires a person in one of the groups, of one team.</summary>
    /// <param name="groups">The names of the groups, at least one. Compared character by character.</param>
    /// <param name="team">The team that must vouch for the person, as in <c>TeamDomain</c>; null for the application's only team.</param>
    /// <returns>The name of the policy.</returns>
    /// <exception cref="ArgumentException">There is no group, one is empty, or <paramref name="team"/> is not a team domain.</exception>
    public static string Group(IEnumerable<string> groups, string? team) => Format(AccessRequirementKind.Group, groups, team);

    /// <summary>Requires a person in one of the groups with these ids, as <see cref="RequireAccessGroupIdAttribute"/>.</summary>
    /// <param name="ids">The ids of the groups, at least one. Compared character by character.</param>
    /// <returns>The name of the policy.</returns>
    /// <exception cref="ArgumentException">There is no id, or one is empty.</exception>
    public static string GroupId(params string[] ids) => GroupId(ids, team: null);

    /// <summary>Requires a person in one of the groups with these ids, of one team.</summary>
    /// <param name="ids">The ids of the groups, at least one. Compared character by character.</param>
    /// <param name="team">The team that must vouch for the person, as in <c>TeamDomain</c>; null for the application's only team.</param>
    /// <returns>The name of the policy.</returns>
    /// <exception cref="ArgumentException">There is no id, one is empty, or <paramref name="team"/> is not a team domain.</exception>
    public static string GroupId(IEnumerable<string> ids, string? team) => Format(AccessRequirementKind.GroupId, ids, team);

    /// <summary>Requires a person with an email address of one of the domains, as <see cref="RequireAccessEmailDomainAttribute"/>.</summary>
    /// <param name="domains">The domains, such as <c>example.com</c>, at least one. Compared whole, in any case: a subdomain is another domain.</param>
    /// <returns>The name of the policy.</returns>
    /// <exception cref="ArgumentException">There is no domain, one is empty, or one contains an <c>@</c>.</exception>
    public static string EmailDomain(params string[] domains) => EmailDomain(domains, team: null);

    /// <summary>Requires a person of one team with an email address of one of the domains.</summary>
    /// <param name="domains">The domains, such as <c>example.com</c>, at least one. Compared whole, in any case: a subdomain is another domain.</param>
    /// <param name="team">The team that must vouch for the person, as in <c>TeamDomain</c>; null for the application's only team.</param>
    /// <returns>The name of the policy.</returns>
    /// <exception cref="ArgumentException">There is no domain, one is empty or contains an <c>@</c>, or <paramref name="team"/> is not a team domain.</exception>
    public static string EmailDomain(IEnumerable<string> domains, string? team) => Format(AccessRequirementKind.EmailDomain, domains, team);

    /// <summary>Requires a token for one of the applications, as <see cref="RequireAccessAudienceAttribute"/>.</summary>
    /// <param name="audiences">The AUD tags, at least one. Compared character by character.</param>
    /// <returns>The name of the policy.</returns>
    /// <exception cref="ArgumentException">There is no AUD tag, or one is empty.</exception>
    public static string Audience(params string[] audiences) => Audience(audiences, team: null);

    /// <summary>Requires a token for one of the applications, of one team.</summary>
    /// <param name="audiences">The AUD tags, at least one. Compared character by character.</param>
    /// <param name="team">The team that must vouch for the caller, as in <c>TeamDomain</c>; null for the application's only team.</param>
    /// <returns>The name of the policy.</returns>
    /// <exception cref="ArgumentException">There is no AUD tag, one is empty, or <paramref name="team"/> is not a team domain.</exception>
    public static string Audience(IEnumerable<string> audiences, string? team) => Format(AccessRequirementKind.Audience, audiences, team);

    private static string Format(AccessRequirementKind kind, IEnumerable<string> values, string? team) =>
        PolicyName.Format(AccessRequirements.Create(kind, values, team));
}
