using System.Security.Claims;
using System.Text;
using CfAccess.AspNetCore.Identity;
using CfAccess.AspNetCore.Tokens;
using Microsoft.AspNetCore.Authorization;

namespace CfAccess.AspNetCore.Claims;

/// <summary>
/// An identity that one of our schemes created. Its type distinguishes it from another scheme's identity with claims of the same names. An
/// application has it as a <see cref="ClaimsIdentity"/>, and loggers and serializers read every public property of it: a property here is never
/// public.
/// </summary>
internal sealed class AccessClaimsIdentity : ClaimsIdentity
{
    private readonly PrincipalTemplate _template;

    public AccessClaimsIdentity(PrincipalTemplate template)
        : base(null, null, template.Scheme, template.NameType, template.RoleType, StringComparison.Ordinal)
    {
        _template = template;

        // The list of the base class itself, which grows in steps and copies what it holds at each.
        (Claims as List<Claim>)?.EnsureCapacity(template.Claims.Count);
        foreach (var (type, value, valueType) in template.Claims)
        {
            AddClaim(new Claim(type, value, valueType, template.Issuer, template.Issuer, this));
        }
    }

    private AccessClaimsIdentity(AccessClaimsIdentity other)
        : base(other, StringComparison.Ordinal)
    {
        _template = other._template;
        Person?.Source.Notes.Copy(other, this);
    }

    internal AccessCallerKind Kind => _template.Kind;

    /// <summary>Gets the token that was validated.</summary>
    internal string GetToken() => Encoding.ASCII.GetString(_template.Token);

    /// <summary>The person to ask Cloudflare about; null if the caller is not a person or has no email address.</summary>
    internal AccessPerson? Person => _template.Person;

    internal string Issuer => _template.Issuer;

    /// <summary>The claim type of groups, which are roles only if one team alone creates roles.</summary>
    public string GroupClaimType => _template.GroupType;

    /// <summary>The name of the scheme that let this caller in.</summary>
    internal string Scheme => _template.Scheme;

    /// <summary>When the token ends.</summary>
    internal DateTimeOffset Expiration => _template.Expiration;

    /// <summary>Whether the application trusts other teams too, so that a name alone does not tell whose it is.</summary>
    internal bool IsOneOfSeveralTeams => _template.IsOneOfSeveralTeams;

    /// <summary>The last decision about this caller; null before the first. Its own state says how it ended.</summary>
    internal AuthorizationHandlerContext? LastDecision { get; set; }

    /// <summary>
    /// The identities that our schemes made of one request, one for each scheme; none if they are different callers, since then what one
    /// has must not add to what the other may.
    /// </summary>
    public static List<AccessClaimsIdentity> Of(ClaimsPrincipal principal)
    {
        List<AccessClaimsIdentity> identities = [.. principal.Identities.OfType<AccessClaimsIdentity>()];
        return AreSeveral(identities) ? [] : identities;
    }

    /// <summary>Whether our schemes found different callers in one request.</summary>
    public static bool AreSeveralCallers(ClaimsPrincipal principal) =>
        principal.Identities.Skip(1).Any() && AreSeveral([.. principal.Identities.OfType<AccessClaimsIdentity>()]);

    /// <summary>Asks for the identity behind the very token that this caller was told by.</summary>
    /// <exception cref="OperationCanceledException">The caller went away.</exception>
    public async ValueTask<IdentityLookup> FindIdentityAsync(AccessPerson person, CancellationToken cancellationToken)
    {
        var lookup = await person.FindAsync(cancellationToken).ConfigureAwait(false);
        person.Source.Notes.Asked(this, lookup.Until);
        return lookup;
    }

    /// <summary>Makes groups claims: names as roles, and ids.</summary>
    public void Add(IEnumerable<AccessGroup> groups)
    {
        foreach (var (type, value, valueType) in GroupClaims.Of(groups, GroupClaimType))
        {
            AddClaim(new Claim(type, value, valueType, Issuer, Issuer, this));
        }
    }

    /// <summary>What alone stood in the caller's way, where it was an identity that was not to be had.</summary>
    public static CloudflareAccessIdentityUnavailableException? MissingOf(ClaimsPrincipal principal)
    {
        foreach (var caller in principal.Identities.OfType<AccessClaimsIdentity>())
        {
            if (caller.Person?.Source.Notes.MissingOf(caller) is { Decides: true } missing)
            {
                return new CloudflareAccessIdentityUnavailableException(missing.RetryAfter);
            }
        }

        return null;
    }

    /// <summary>The end of what Cloudflare told of the callers, on the way to this principal or before.</summary>
    public static DateTimeOffset? UntilOf(ClaimsPrincipal principal, DateTimeOffset? before)
    {
        var until = before;
        foreach (var caller in principal.Identities.OfType<AccessClaimsIdentity>())
        {
            until = caller.Person?.Source.Notes.UntilOf(caller) is { } own && !(until < own) ? own : until;
        }

        return until;
    }

    public override ClaimsIdentity Clone() => new AccessClaimsIdentity(this);

    private static bool AreSeveral(List<AccessClaimsIdentity> identities) =>
        identities.Count > 1 && !identities.Skip(1).All(identities[0].IsSameCaller);

    private bool IsSameCaller(AccessClaimsIdentity other) =>
        Kind == other.Kind
        && Issuer == other.Issuer
        && FindFirst(AccessClaimTypes.Subject)?.Value == other.FindFirst(AccessClaimTypes.Subject)?.Value
        && string.Equals(FindFirst(AccessClaimTypes.Email)?.Value, other.FindFirst(AccessClaimTypes.Email)?.Value, StringComparison.OrdinalIgnoreCase)
        && FindFirst(AccessClaimTypes.CommonName)?.Value == other.FindFirst(AccessClaimTypes.CommonName)?.Value;
}
