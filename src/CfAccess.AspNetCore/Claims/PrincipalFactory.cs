using System.Security.Claims;
using System.Text.Json;
using CfAccess.AspNetCore.Tokens;

namespace CfAccess.AspNetCore.Claims;

/// <summary>Makes the principal of a validated token. Nothing in a token becomes a name, a role or a group but what is meant to.</summary>
internal static class PrincipalFactory
{
    /// <summary>The beginning of the types in <see cref="ClaimTypes"/>, which authorization code trusts as names and roles.</summary>
    private const string WellKnownTypes = "http://schemas.";

    /// <summary>The beginning of types that stand for members of <c>custom</c>, which a member of the token itself must not pass for.</summary>
    private const string CustomTypes = "custom:";

    public static ClaimsPrincipal Create(ValidatedToken token, CloudflareAccessOptions options, string scheme)
    {
        var kind = token.Claims.Kind;
        var nameType = options.NameClaimType is { } wanted && !IsNameInToken(wanted)
            ? wanted
            : kind == AccessCallerKind.ServiceToken ? AccessClaimTypes.CommonName : AccessClaimTypes.Email;
        var claims = new List<Claim>();
        foreach (var claim in token.Jwt.Claims)
        {
            if (IsPlain(claim, nameType, options.RoleClaimType))
            {
                claims.Add(claim);
            }
        }

        if (!IsNameInToken(nameType) && NameOf(token.Claims) is { } name)
        {
            claims.Add(NewClaim(nameType, name, token.Team.Issuer));
        }

        if (token.Team.GroupsClaim is { } member
            && kind == AccessCallerKind.User
            && token.Jwt.TryGetPayloadValue<JsonElement>(AccessClaimTypes.Custom, out var custom)
            && custom.ValueKind == JsonValueKind.Object
            && custom.TryGetProperty(member, out var groups))
        {
            AddGroups(groups, claims, options.RoleClaimType, token.Team.Issuer);
        }

        return new ClaimsPrincipal(
            new AccessClaimsIdentity(claims, scheme, nameType, options.RoleClaimType, kind, token.Team.Issuer, options.Teams is { Count: > 1 }));
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

    private static bool IsNameInToken(string nameType) => nameType is AccessClaimTypes.Email or AccessClaimTypes.CommonName;

    private static string? NameOf(TokenClaims claims) => claims.Kind switch
    {
        AccessCallerKind.User => claims.Email,
        AccessCallerKind.ServiceToken => claims.CommonName,
        _ => null,
    };

    /// <summary>Groups come as one value or an array, each a name or an object with <c>name</c> and <c>id</c>. Another shape is no group.</summary>
    private static void AddGroups(JsonElement groups, List<Claim> claims, string roleType, string issuer)
    {
        if (groups.ValueKind == JsonValueKind.Array)
        {
            foreach (var group in groups.EnumerateArray())
            {
                AddGroup(group, claims, roleType, issuer);
            }
        }
        else
        {
            AddGroup(groups, claims, roleType, issuer);
        }
    }

    private static void AddGroup(JsonElement group, List<Claim> claims, string roleType, string issuer)
    {
        var isObject = group.ValueKind == JsonValueKind.Object;
        var name = isObject ? Member(group, "name") : Text(group);
        if (!string.IsNullOrEmpty(name))
        {
            claims.Add(NewClaim(roleType, name, issuer));
        }

        if (isObject && Member(group, "id") is { Length: > 0 } id)
        {
            claims.Add(NewClaim(AccessClaimTypes.GroupId, id, issuer));
        }
    }

    private static string? Member(JsonElement group, string name) => group.TryGetProperty(name, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Claim NewClaim(string type, string value, string issuer) => new(type, value, ClaimValueTypes.String, issuer);
}
