using System.Diagnostics.CodeAnalysis;
using CfAccess.AspNetCore.Claims;
using CfAccess.AspNetCore.Teams;
using CfAccess.AspNetCore.Tokens;

namespace CfAccess.AspNetCore.Authorization;

/// <summary>Creates the requirements of policies and attributes.</summary>
internal static class AccessRequirements
{
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    /// <exception cref="ArgumentException">The values do not fit the kind, or <paramref name="team"/> is not a team domain.</exception>
    public static AccessRequirement Create(AccessRequirementKind kind, IEnumerable<string> values, string? team)
    {
        ArgumentNullException.ThrowIfNull(values);
        return TryCreate(kind, [.. values], team, out var requirement, out var error) ? requirement : throw new ArgumentException(error);
    }

    /// <summary>The same without an exception.</summary>
    public static bool TryCreate(
        AccessRequirementKind kind,
        IReadOnlyList<string> values,
        string? team,
        [NotNullWhen(true)] out AccessRequirement? requirement,
        [NotNullWhen(false)] out string? error)
    {
        string? issuer = null;
        error = FindError(kind, values)
            ?? (team is null || TeamDomain.TryGetIssuer(team, allowCustom: true, isDevelopment: true, out issuer)
                ? null
                : $"'{team}' is not a team domain. Write acme or acme.cloudflareaccess.com.");
        requirement = error is null ? Create(kind, [.. values.Distinct(StringComparer.Ordinal)], issuer) : null;
        return requirement is not null;
    }

    private static string? FindError(AccessRequirementKind kind, IReadOnlyList<string> values) => kind switch
    {
        AccessRequirementKind.User or AccessRequirementKind.Identity => values.Count == 0 ? null : $"{kind} takes no values.",
        _ when values.Count == 0 || values.Any(string.IsNullOrWhiteSpace) =>
            "Name at least one value, and no empty one: a requirement without values would allow nobody.",
        AccessRequirementKind.EmailDomain when values.FirstOrDefault(domain => domain.Contains('@', StringComparison.Ordinal)) is { } address =>
            $"'{address}' is not a domain. Write the part after the @, such as example.com.",
        _ => null,
    };

    private static AccessRequirement Create(AccessRequirementKind kind, IReadOnlyList<string> values, string? issuer)
    {
        var allowed = values.ToHashSet(StringComparer.Ordinal);
        return kind switch
        {
            AccessRequirementKind.User => new(kind, values, issuer, caller => caller.Kind == AccessCallerKind.User),
            AccessRequirementKind.Identity => new(kind, values, issuer, _ => false, new(_ => true, _ => true, _ => true)),
            AccessRequirementKind.ServiceToken => new(kind, values, issuer, caller =>
                caller.Kind == AccessCallerKind.ServiceToken && HasAny(caller, AccessClaimTypes.CommonName, allowed)),
            AccessRequirementKind.Group => CreateGroup(kind, values, issuer, allowed, caller => caller.GroupClaimType, group => group.Name),
            AccessRequirementKind.GroupId => CreateGroup(kind, values, issuer, allowed, _ => AccessClaimTypes.GroupId, group => group.Id),
            AccessRequirementKind.EmailDomain => CreateEmailDomain(values, issuer),
            AccessRequirementKind.Audience => new(kind, values, issuer, caller => HasAny(caller, AccessClaimTypes.Audience, allowed)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }

    private static AccessRequirement CreateGroup(
        AccessRequirementKind kind,
        IReadOnlyList<string> values,
        string? issuer,
        HashSet<string> allowed,
        Func<AccessClaimsIdentity, string> claimType,
        Func<AccessGroup, string?> value) => new(
            kind,
            values,
            issuer,
            caller => caller.Kind == AccessCallerKind.User && HasAny(caller, claimType(caller), allowed),
            new(
                person => person.LoadsOnDemand,
                person => person.Source.IsRequired,
                identity => identity.Groups.Any(group => value(group) is { } own && allowed.Contains(own))));

    /// <summary>The domain is the part after the last <c>@</c>, whole, in any case.</summary>
    private static AccessRequirement CreateEmailDomain(IReadOnlyList<string> values, string? issuer)
    {
        var allowed = values.ToHashSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        return new(AccessRequirementKind.EmailDomain, values, issuer, caller =>
            caller.Kind == AccessCallerKind.User
            && caller.FindFirst(AccessClaimTypes.Email)?.Value is { } email
            && email.LastIndexOf('@') is >= 0 and var at
            && allowed.Contains(email.AsSpan(at + 1)));
    }

    private static bool HasAny(AccessClaimsIdentity caller, string type, HashSet<string> allowed) =>
        caller.HasClaim(claim => claim.Type == type && allowed.Contains(claim.Value));
}
