using CfAccess.AspNetCore.Claims;
using CfAccess.AspNetCore.Teams;
using CfAccess.AspNetCore.Tokens;

namespace CfAccess.AspNetCore.Authorization;

/// <summary>Makes the requirements that policies and attributes are written with.</summary>
internal static class AccessRequirements
{
    public static AccessRequirement User(string? team) =>
        Of("a person", team, identity => identity.Kind == AccessCallerKind.User);

    public static AccessRequirement Identity(string? team) =>
        Of("a person with an identity", team, _ => false, new(_ => true, _ => true, _ => true));

    public static AccessRequirement ServiceToken(IEnumerable<string> clientIds, string? team)
    {
        var allowed = Named(clientIds, nameof(clientIds));
        return Of(
            $"a service token of {Listed(allowed)}",
            team,
            identity => identity.Kind == AccessCallerKind.ServiceToken && HasAny(identity, AccessClaimTypes.CommonName, allowed));
    }

    public static AccessRequirement Group(IEnumerable<string> groups, string? team)
    {
        var allowed = Named(groups, nameof(groups));
        return OfGroups(
            $"a person in group {Listed(allowed)}", team, identity => identity.RoleClaimType, allowed, group => group.Name);
    }

    public static AccessRequirement GroupId(IEnumerable<string> ids, string? team)
    {
        var allowed = Named(ids, nameof(ids));
        return OfGroups(
            $"a person in the group with id {Listed(allowed)}", team, _ => AccessClaimTypes.GroupId, allowed, group => group.Id);
    }

    /// <summary>The domain is what follows the last <c>@</c>, whole, without regard to case.</summary>
    public static AccessRequirement EmailDomain(IEnumerable<string> domains, string? team)
    {
        var allowed = Named(domains, nameof(domains)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (allowed.FirstOrDefault(domain => domain.Contains('@', StringComparison.Ordinal)) is { } address)
        {
            throw new ArgumentException($"'{address}' is no domain. Write what follows the @, such as example.com.", nameof(domains));
        }

        var domainOf = allowed.GetAlternateLookup<ReadOnlySpan<char>>();
        return Of(
            $"a person with an e-mail address of {Listed(allowed)}",
            team,
            identity => identity.Kind == AccessCallerKind.User
                && identity.FindFirst(AccessClaimTypes.Email)?.Value is { } email
                && email.LastIndexOf('@') is >= 0 and var at
                && domainOf.Contains(email.AsSpan(at + 1)));
    }

    public static AccessRequirement Audience(IEnumerable<string> audiences, string? team)
    {
        var allowed = Named(audiences, nameof(audiences));
        return Of(
            $"a token for audience {Listed(allowed)}", team, identity => HasAny(identity, AccessClaimTypes.Audience, allowed));
    }

    /// <summary>The issuer of the team that a requirement names.</summary>
    /// <exception cref="ArgumentException"><paramref name="team"/> is no team domain.</exception>
    public static string IssuerOf(string team) => TeamDomain.TryGetIssuer(team, allowCustom: true, isDevelopment: true, out var issuer)
        ? issuer
        : throw new ArgumentException($"'{team}' is no team domain. Write acme or acme.cloudflareaccess.com.", nameof(team));

    private static AccessRequirement OfGroups(
        string description,
        string? team,
        Func<AccessClaimsIdentity, string> type,
        HashSet<string> allowed,
        Func<AccessGroup, string?> value) => Of(
            description,
            team,
            identity => identity.Kind == AccessCallerKind.User && HasAny(identity, type(identity), allowed),
            new(
                person => person.LoadsOnDemand,
                person => person.Source.IsRequired,
                identity => identity.Groups.Any(group => value(group) is { } own && allowed.Contains(own))));

    private static AccessRequirement Of(
        string description, string? team, Func<AccessClaimsIdentity, bool> isMet, IdentityCondition? identity = null) =>
        new(description, team is null ? null : IssuerOf(team), isMet, identity);

    private static HashSet<string> Named(IEnumerable<string> values, string parameter)
    {
        ArgumentNullException.ThrowIfNull(values, parameter);
        var named = values.ToHashSet(StringComparer.Ordinal);
        return named.Count > 0 && !named.Any(string.IsNullOrWhiteSpace)
            ? named
            : throw new ArgumentException("Name at least one, and none empty: a requirement without values would allow nobody.", parameter);
    }

    private static string Listed(IEnumerable<string> values) => string.Join(", ", values);

    private static bool HasAny(AccessClaimsIdentity identity, string type, HashSet<string> allowed) =>
        identity.HasClaim(claim => claim.Type == type && allowed.Contains(claim.Value));
}
