using System.Security.Claims;
using CfAccess.AspNetCore.Identity;
using CfAccess.AspNetCore.Tokens;

namespace CfAccess.AspNetCore.Claims;

/// <summary>What the principal of a token is made of, again for each request. Immutable.</summary>
internal sealed class PrincipalTemplate(
    string scheme,
    byte[] token,
    List<PreparedClaim> claims,
    string nameType,
    string roleType,
    string groupType,
    AccessCallerKind kind,
    string issuer,
    bool isOneOfSeveralTeams,
    DateTimeOffset expiration,
    AccessPerson? person)
{
    public string Scheme { get; } = scheme;

    /// <summary>The token in ASCII, which takes half the memory. Nobody changes it. Not public, as in <see cref="AccessClaimsIdentity"/>.</summary>
    internal byte[] Token { get; } = token;

    /// <summary>A list, and nobody changes it: it is read on every request, without an object to do so.</summary>
    public List<PreparedClaim> Claims { get; } = claims;

    public string NameType { get; } = nameType;

    public string RoleType { get; } = roleType;

    /// <summary>The claim type of groups. They are roles if it is the claim type of roles.</summary>
    public string GroupType { get; } = groupType;

    public AccessCallerKind Kind { get; } = kind;

    public string Issuer { get; } = issuer;

    public bool IsOneOfSeveralTeams { get; } = isOneOfSeveralTeams;

    /// <summary>When the token ends. No claim tells it, since an application may change the claims.</summary>
    public DateTimeOffset Expiration { get; } = expiration;

    /// <summary>The person to ask Cloudflare about; null if the caller is not a person or has no email address.</summary>
    public AccessPerson? Person { get; } = person;

    /// <summary>Whether more about the caller is asked for before it is let in.</summary>
    public bool IsLoadedAtAuthentication => Person is { LoadsAtAuthentication: true };

    /// <summary>Makes a principal that nobody else has: what one request does to it, no other sees.</summary>
    public ClaimsPrincipal Create() => new(new AccessClaimsIdentity(this));
}
