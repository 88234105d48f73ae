using System.Security.Claims;
using CfAccess.AspNetCore.Tokens;

namespace CfAccess.AspNetCore.Claims;

/// <summary>
/// An identity that a scheme of ours made. Its type is what tells it from another scheme's identity that has claims of the same names.
/// </summary>
internal sealed class AccessClaimsIdentity : ClaimsIdentity
{
    private readonly PrincipalTemplate _template;

    public AccessClaimsIdentity(PrincipalTemplate template)
        : base(null, null, template.Scheme, template.NameType, template.RoleType, StringComparison.Ordinal)
    {
        _template = template;
        foreach (var (type, value, valueType) in template.Claims)
        {
            AddClaim(new Claim(type, value, valueType, template.Issuer, template.Issuer, this));
        }
    }

    private AccessClaimsIdentity(AccessClaimsIdentity other)
        : base(other, StringComparison.Ordinal)
    {
        _template = other._template;
    }

    public AccessCallerKind Kind => _template.Kind;

    public string Issuer => _template.Issuer;

    /// <summary>Whether its scheme trusts other teams too, so that a name alone does not tell whose it is.</summary>
    public bool IsOneOfSeveralTeams => _template.IsOneOfSeveralTeams;

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
