using System.Security.Claims;
using System.Text;
using System.Text.Json;
using CfAccess.AspNetCore.Identity;
using CfAccess.AspNetCore.Teams;
using CfAccess.AspNetCore.Tokens;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CfAccess.AspNetCore.Claims;

/// <summary>Tells what the principal of a verified token is made of. Nothing in a token becomes a name, a role or a group but what is meant to.</summary>
internal sealed class PrincipalFactory(CloudflareAccessOptions options, string scheme, bool isOneOfSeveralTeams)
{
    /// <summary>The beginning of the types in <see cref="ClaimTypes"/>, which authorization code trusts as names and roles.</summary>
    private const string WellKnownTypes = "http://schemas.";

    public PrincipalTemplate Prepare(JsonWebToken jwt, TokenClaims decisive, AccessTeam team)
    {
        var kind = decisive.Kind;
        var nameType = options.NameClaimType is { } wanted && !IsNameInToken(wanted)
            ? wanted
            : kind == AccessCallerKind.ServiceToken ? AccessClaimTypes.CommonName : AccessClaimTypes.Email;
        var hasCustom = CustomClaims.TryRead(jwt, out var custom, out var isOdd);
        if (isOdd)
        {
            team.Identities.Diagnostics.Odd("custom claims");
        }

        var received = jwt.Claims;
        var claims = new List<PreparedClaim>(
            (received.TryGetNonEnumeratedCount(out var count) ? count : 0) + (hasCustom ? custom.GetPropertyCount() : 0));
        foreach (var claim in received)
        {
            if (IsPlain(claim, nameType, options.RoleClaimType) && (hasCustom || claim.Type != AccessClaimTypes.Custom))
            {
                claims.Add(new PreparedClaim(Shared(claim.Type), claim.Value, claim.ValueType));
            }
        }

        if (!IsNameInToken(nameType) && NameOf(decisive) is { } name)
        {
            claims.Add(NewClaim(nameType, name));
        }

        if (hasCustom)
        {
            CustomClaims.Add(custom, claims);
            if (team.GroupsClaim is { } member && kind == AccessCallerKind.User)
            {
                claims.AddRange(GroupClaims.Of(GroupsIn(custom, member, team), options.RoleClaimType));
            }
        }

        var token = Encoding.ASCII.GetBytes(jwt.EncodedToken);
        var expiration = decisive.Expiration!.Value;
        var person = kind == AccessCallerKind.User ? new AccessPerson(team, token, decisive.Email!, expiration) : null;
        return new PrincipalTemplate(
            scheme, token, claims, nameType, options.RoleClaimType, kind, team.Issuer, isOneOfSeveralTeams, expiration, person);
    }

    /// <summary>Types are compared without regard to case, since <c>RequireClaim</c> compares them so.</summary>
    private static bool IsPlain(Claim claim, string nameType, string roleType) => claim.Type switch
    {
        AccessClaimTypes.Email or AccessClaimTypes.CommonName or AccessClaimTypes.Subject => claim.Value.Length > 0,
        var type => !Is(type, AccessClaimTypes.Groups)
            && !Is(type, AccessClaimTypes.GroupId)
            && !Is(type, AccessClaimTypes.Email)
            && !Is(type, AccessClaimTypes.CommonName)
            && !Is(type, AccessClaimTypes.Subject)
            && !Is(type, roleType)
            && !Is(type, nameType)
            && !type.StartsWith(WellKnownTypes, StringComparison.OrdinalIgnoreCase)
            // A member of the token itself must not pass for one of custom.
            && !type.StartsWith(CustomClaims.Prefix, StringComparison.OrdinalIgnoreCase),
    };

    private static bool Is(string type, string other) => type.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>The one text of a name that all tokens have, so that each cached token need not have its own.</summary>
    private static string Shared(string type) => type switch
    {
        AccessClaimTypes.Email => AccessClaimTypes.Email,
        AccessClaimTypes.Type => AccessClaimTypes.Type,
        AccessClaimTypes.IdentityNonce => AccessClaimTypes.IdentityNonce,
        AccessClaimTypes.Country => AccessClaimTypes.Country,
        AccessClaimTypes.CommonName => AccessClaimTypes.CommonName,
        AccessClaimTypes.Custom => AccessClaimTypes.Custom,
        _ => type,
    };

    private static bool IsNameInToken(string nameType) => nameType is AccessClaimTypes.Email or AccessClaimTypes.CommonName;

    private static string? NameOf(TokenClaims claims) => claims.Kind switch
    {
        AccessCallerKind.User => claims.Email,
        AccessCallerKind.ServiceToken => claims.CommonName,
        _ => null,
    };

    /// <summary>The groups in the one member of <c>custom</c> that the options name.</summary>
    private static List<AccessGroup> GroupsIn(JsonElement custom, string member, AccessTeam team)
    {
        if (!custom.TryGetProperty(member, out var given))
        {
            return [];
        }

        var groups = GroupReader.Read(given, out var areWhole);
        if (!areWhole)
        {
            team.Identities.Diagnostics.Odd("some groups in the member of custom that GroupsClaim names");
        }

        return groups;
    }

    private static PreparedClaim NewClaim(string type, string value) => new(type, value, ClaimValueTypes.String);
}
