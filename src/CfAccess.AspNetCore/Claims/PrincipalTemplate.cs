using System.Security.Claims;
using CfAccess.AspNetCore.Tokens;

namespace CfAccess.AspNetCore.Claims;

/// <summary>What the principal of a token is made of, again for each request. Immutable.</summary>
internal sealed class PrincipalTemplate(
    string scheme, IReadOnlyList<PreparedClaim> claims, string nameType, string roleType, AccessCallerKind kind, string issuer, bool isOneOfSeveralTeams)
{
    public IReadOnlyList<PreparedClaim> Claims { get; } = claims;

    /// <summary>Makes a principal that nobody else has: what one request does to it, no other sees.</summary>
    public ClaimsPrincipal Create() =>
        new(new AccessClaimsIdentity(Claims, scheme, nameType, roleType, kind, issuer, isOneOfSeveralTeams));
}
