using System.Security.Claims;
using System.Text.Json;
using CfAccess.AspNetCore.Teams;
using CfAccess.AspNetCore.Tokens;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CfAccess.AspNetCore.Claims;

/// <summary>Tells what the principal of a verified token is made of. Nothing in a token becomes a name, a role or a group but what is meant to.</summary>
internal sealed class PrincipalFactory(CloudflareAccessOptions options, string scheme)
{
    /// <summary>The beginning of the types in <see cref="ClaimTypes"/>, which authorization code trusts as names and roles.</summary>
    private const string WellKnownTypes = "http://schemas.";

    /// <summary>The beginning of types that stand for members of <c>custom</c>, which a member of the token itself must not pass for.</summary>
    private const string CustomTypes = "custom:";

    public PrincipalTemplate Prepare(JsonWebToken jwt, TokenClaims decisive, AccessTeam team)
    {
        var kind = decisive.Kind;
        var nameType = options.NameClaimType is { } wanted && !IsNameInToken(wanted)
            ? wanted
            : kind == AccessCallerKind.ServiceToken ? AccessClaimTypes.CommonName : AccessClaimTypes.Email;
        var received = jwt.Claims;
        var claims = new List<PreparedClaim>(received.TryGetNonEnumeratedCount(out var count) ? count : 0);
        foreach (var claim in received)
        {
            if (IsPlain(claim, nameType, options.RoleClaimType))
            {
                claims.Add(new PreparedClaim(Shared(claim.Type), claim.Value, claim.ValueType));
            }
        }

        if (!IsNameInToken(nameType) && NameOf(decisive) is { } name)
        {
            claims.Add(NewClaim(nameType, name));
        }

        if (team.GroupsClaim is { } member
            && kind == AccessCallerKind.User
            && jwt.TryGetPayloadValue<JsonElement>(AccessClaimTypes.Custom, out var custom)
            && custom.ValueKind == JsonValueKind.Object
            && custom.TryGetProperty(member, out var groups))
        {
            AddGroups(groups, claims, options.RoleClaimType);
        }

        return new PrincipalTemplate(
            scheme, claims, nameType, options.RoleClaimType, kind, team.Issuer, options.Teams is { Count: > 1 });
    }

    private static bool IsPlain(Claim claim, string nameType, string roleType) => claim.Type switch
    {
        AccessClaimTypes.Groups or AccessClaimTypes.GroupId => false,
        AccessClaimTypes.Email or AccessClaimTypes.CommonName or AccessClaimTypes.Subject => claim.Value.Length > 0,
        _ => claim.Type != roleType
            && claim.Type != nameType
            && !claim.Type.StartsWith(WellKnownTypes, StringComparison.OrdinalIgnoreCase)
            && !claim.Type.StartsWith(CustomTypes, StringComparison.Ordinal),
    };

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

    /// <summary>Groups come as one value or an array, each a name or an object with <c>name</c> and <c>id</c>. Another shape is no group.</summary>
    private static void AddGroups(JsonElement groups, List<PreparedClaim> claims, string roleType)
    {
        if (groups.ValueKind == JsonValueKind.Array)
        {
            foreach (var group in groups.EnumerateArray())
            {
                AddGroup(group, claims, roleType);
            }
        }
        else
        {
            AddGroup(groups, claims, roleType);
        }
    }

    private static void AddGroup(JsonElement group, List<PreparedClaim> claims, string roleType)
    {
        var isObject = group.ValueKind == JsonValueKind.Object;
        var name = isObject ? Member(group, "name") : Text(group);
        if (!string.IsNullOrEmpty(name))
        {
            claims.Add(NewClaim(roleType, name));
        }

        if (isObject && Member(group, "id") is { Length: > 0 } id)
        {
            claims.Add(NewClaim(AccessClaimTypes.GroupId, id));
        }
    }

    private static string? Member(JsonElement group, string name) => group.TryGetProperty(name, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static PreparedClaim NewClaim(string type, string value) => new(type, value, ClaimValueTypes.String);
}
