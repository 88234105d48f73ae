using System.Security.Claims;
using CfAccess.AspNetCore.Tokens;

namespace CfAccess.AspNetCore.Claims;

/// <summary>
/// An identity that a scheme of ours made. Its type is what tells it from another scheme's identity that has claims of the same names.
/// </summary>
internal sealed class AccessClaimsIdentity : ClaimsIdentity
{
    public AccessClaimsIdentity(
        IReadOnlyList<PreparedClaim> claims,
        string scheme,
        string nameType,
        string roleType,
        AccessCallerKind kind,
        string issuer,
        bool isOneOfSeveralTeams)
        : base(null, null, scheme, nameType, roleType, StringComparison.Ordinal)
    {
        Kind = kind;
        Issuer = issuer;
        IsOneOfSeveralTeams = isOneOfSeveralTeams;
        for (var index = 0; index < claims.Count; index++)
        {
            var (type, value, valueType) = claims[index];
            AddClaim(new Claim(type, value, valueType, issuer, issuer, this));
        }
    }

    private AccessClaimsIdentity(AccessClaimsIdentity other)
        : base(other, StringComparison.Ordinal)
    {
        Kind = other.Kind;
        Issuer = other.Issuer;
        IsOneOfSeveralTeams = other.IsOneOfSeveralTeams;
    }

    public AccessCallerKind Kind { get; }

    public string Issuer { get; }

    /// <summary>Whether its scheme trusts other teams too, so that a name alone does not tell whose it is.</summary>
    public bool IsOneOfSeveralTeams { get; }

    /// <summary>
    /// The identities that our schemes made of one request, one for each scheme; none if they are different callers, since then what one
    /// has must not add to what the other may.
    /// </summary>
    public static IReadOnlyList<AccessClaimsIdentity> Of(ClaimsPrincipal principal)
    {
        List<AccessClaimsIdentity> identities = [.. principal.Identities.OfType<AccessClaimsIdentity>()];
        return identities.Count < 2 || identities.Skip(1).All(identities[0].IsSameCaller) ? identities : [];
    }

    public override ClaimsIdentity Clone() => new AccessClaimsIdentity(this);

    private bool IsSameCaller(AccessClaimsIdentity other) =>
        Kind == other.Kind
        && Issuer == other.Issuer
        && FindFirst(AccessClaimTypes.Subject)?.Value == other.FindFirst(AccessClaimTypes.Subject)?.Value
        && FindFirst(AccessClaimTypes.CommonName)?.Value == other.FindFirst(AccessClaimTypes.CommonName)?.Value;
}
