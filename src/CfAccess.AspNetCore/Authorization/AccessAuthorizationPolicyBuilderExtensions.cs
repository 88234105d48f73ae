using CfAccess.AspNetCore;
using CfAccess.AspNetCore.Authorization;
using CfAccess.AspNetCore.Claims;
using CfAccess.AspNetCore.Teams;
using CfAccess.AspNetCore.Tokens;

namespace Microsoft.AspNetCore.Authorization;

/// <summary>
/// Requirements about callers that Cloudflare Access authenticated. In a scheme that trusts several teams, one that names no team is met
/// by nobody: there an e-mail or a group alone does not tell who it is.
/// </summary>
public static class AccessAuthorizationPolicyBuilderExtensions
{
    /// <summary>Requires a person.</summary>
    /// <param name="builder">The policy.</param>
    /// <param name="team">The team that must vouch for the person, as in <c>TeamDomain</c>; needed where the scheme trusts several.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException"><paramref name="team"/> is no team domain.</exception>
    public static AuthorizationPolicyBuilder RequireAccessUser(this AuthorizationPolicyBuilder builder, string? team = null) =>
        Require(builder, "a person", team, identity => identity.Kind == AccessCallerKind.User);

    /// <summary>
    /// Requires a person of whom Cloudflare tells the identity (get-identity), so that <c>GetAccessIdentityAsync</c> has it from memory. Where
    /// it is not to be had the answer is 503, whatever <see cref="CloudflareAccessIdentityOptions.Required"/> says.
    /// </summary>
    /// <param name="builder">The policy.</param>
    /// <param name="team">The team that must vouch for the person, as in <c>TeamDomain</c>; needed where the scheme trusts several.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException"><paramref name="team"/> is no team domain.</exception>
    public static AuthorizationPolicyBuilder RequireAccessIdentity(this AuthorizationPolicyBuilder builder, string? team = null) =>
        Require(builder, "a person with an identity", team, _ => false, new(_ => true, _ => true, _ => true));

    /// <summary>Requires one of the named service tokens.</summary>
    /// <param name="builder">The policy.</param>
    /// <param name="clientIds">The Client IDs that are allowed; at least one. Compared character for character.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no Client ID, or an empty one.</exception>
    public static AuthorizationPolicyBuilder RequireAccessServiceToken(
        this AuthorizationPolicyBuilder builder, params string[] clientIds) => builder.RequireAccessServiceToken(clientIds, team: null);

    /// <summary>Requires one of the named service tokens, of one team.</summary>
    /// <param name="builder">The policy.</param>
    /// <param name="clientIds">The Client IDs that are allowed; at least one. Compared character for character.</param>
    /// <param name="team">The team that must vouch for the service, as in <c>TeamDomain</c>; needed where the scheme trusts several.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no Client ID, or an empty one, or <paramref name="team"/> is no team domain.</exception>
    public static AuthorizationPolicyBuilder RequireAccessServiceToken(
        this AuthorizationPolicyBuilder builder, IEnumerable<string> clientIds, string? team)
    {
        var allowed = Named(clientIds, nameof(clientIds));
        return Require(
            builder,
            $"a service token of {string.Join(", ", allowed)}",
            team,
            identity => identity.Kind == AccessCallerKind.ServiceToken && HasAny(identity, AccessClaimTypes.CommonName, allowed));
    }

    /// <summary>
    /// Requires a person in one of the named groups. Where groups come from get-identity and are not loaded, they are asked for; where they are
    /// not to be had the answer is 503, or 403 where <see cref="CloudflareAccessIdentityOptions.Required"/> is off.
    /// </summary>
    /// <param name="builder">The policy.</param>
    /// <param name="groups">The names of the groups; at least one. Compared character for character.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no group, or an empty one.</exception>
    public static AuthorizationPolicyBuilder RequireAccessGroup(this AuthorizationPolicyBuilder builder, params string[] groups) =>
        builder.RequireAccessGroup(groups, team: null);

    /// <summary>
    /// Requires a person in one of the named groups, of one team. Where groups come from get-identity and are not loaded, they are asked for;
    /// where they are not to be had the answer is 503, or 403 where <see cref="CloudflareAccessIdentityOptions.Required"/> is off.
    /// </summary>
    /// <param name="builder">The policy.</param>
    /// <param name="groups">The names of the groups; at least one. Compared character for character.</param>
    /// <param name="team">The team that must vouch for the person, as in <c>TeamDomain</c>; needed where the scheme trusts several.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no group, or an empty one, or <paramref name="team"/> is no team domain.</exception>
    public static AuthorizationPolicyBuilder RequireAccessGroup(
        this AuthorizationPolicyBuilder builder, IEnumerable<string> groups, string? team)
    {
        var allowed = Named(groups, nameof(groups));
        return Require(
            builder,
            $"a person in group {string.Join(", ", allowed)}",
            team,
            identity => identity.Kind == AccessCallerKind.User && HasAny(identity, identity.RoleClaimType, allowed),
            new(
                person => person.LoadsOnDemand,
                person => person.Source.IsRequired,
                identity => identity.Groups.Any(group => group.Name is { } name && allowed.Contains(name))));
    }

    /// <summary>Requires a token for one of the named applications, on a host that several applications share.</summary>
    /// <param name="builder">The policy.</param>
    /// <param name="audiences">The AUD tags; at least one. Compared character for character. An AUD tag belongs to one team.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no AUD tag, or an empty one.</exception>
    public static AuthorizationPolicyBuilder RequireAccessAudience(this AuthorizationPolicyBuilder builder, params string[] audiences) =>
        builder.RequireAccessAudience(audiences, team: null);

    /// <summary>Requires a token for one of the named applications, of one team.</summary>
    /// <param name="builder">The policy.</param>
    /// <param name="audiences">The AUD tags; at least one. Compared character for character.</param>
    /// <param name="team">The team that must vouch for the caller, as in <c>TeamDomain</c>; needed where the scheme trusts several.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">There is no AUD tag, or an empty one, or <paramref name="team"/> is no team domain.</exception>
    public static AuthorizationPolicyBuilder RequireAccessAudience(
        this AuthorizationPolicyBuilder builder, IEnumerable<string> audiences, string? team)
    {
        var allowed = Named(audiences, nameof(audiences));
        return Require(
            builder,
            $"a token for audience {string.Join(", ", allowed)}",
            team,
            identity => HasAny(identity, AccessClaimTypes.Audience, allowed));
    }

    private static AuthorizationPolicyBuilder Require(
        AuthorizationPolicyBuilder builder,
        string description,
        string? team,
        Func<AccessClaimsIdentity, bool> isMet,
        IdentityCondition? identity = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        string? issuer = null;
        if (team is not null && !TeamDomain.TryGetIssuer(team, allowCustom: true, isDevelopment: true, out issuer))
        {
            throw new ArgumentException($"'{team}' is no team domain. Write acme or acme.cloudflareaccess.com.", nameof(team));
        }

        return builder.AddRequirements(new AccessRequirement(description, issuer, isMet, identity));
    }

    private static HashSet<string> Named(IEnumerable<string> values, string parameter)
    {
        ArgumentNullException.ThrowIfNull(values, parameter);
        var named = values.ToHashSet(StringComparer.Ordinal);
        return named.Count > 0 && !named.Any(string.IsNullOrWhiteSpace)
            ? named
            : throw new ArgumentException("Name at least one, and none empty: a requirement without values would allow nobody.", parameter);
    }

    private static bool HasAny(AccessClaimsIdentity identity, string type, HashSet<string> allowed) =>
        identity.HasClaim(claim => claim.Type == type && allowed.Contains(claim.Value));
}
