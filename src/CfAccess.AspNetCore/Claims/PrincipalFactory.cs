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

    private const int UsualClaims = 16;

    /// <param name="token">A verified token.</param>
    /// <param name="decisive">What was read from it to judge it.</param>
    /// <param name="team">Whose it is.</param>
    public PrincipalTemplate Prepare(string token, TokenClaims decisive, AccessTeam team)
    {
        var kind = decisive.Kind;
        var nameType = options.NameClaimType is { } wanted && !IsNameInToken(wanted)
            ? wanted
            : kind == AccessCallerKind.ServiceToken ? AccessClaimTypes.CommonName : AccessClaimTypes.Email;
        var claims = new List<PreparedClaim>(UsualClaims);
        var custom = AddMembers(decisive.Payload, nameType, claims);
        if (!IsNameInToken(nameType) && NameOf(decisive) is { } name)
        {
            claims.Add(new PreparedClaim(nameType, name, ClaimValueTypes.String));
        }

        if (!custom.IsEmpty && (custom[0] != '{' || !CustomClaims.AreUnambiguous(custom)))
        {
            team.Identities.Diagnostics.Odd("custom claims");
        }
        else if (!custom.IsEmpty)
        {
            AddCustom(custom, nameType, kind == AccessCallerKind.User ? team.GroupsClaim : null, team, claims);
        }

        var ascii = Encoding.ASCII.GetBytes(token);
        var expiration = decisive.Expiration!.Value;
        var person = kind == AccessCallerKind.User ? new AccessPerson(team, ascii, decisive.Email!, expiration) : null;
        return new PrincipalTemplate(
            scheme, ascii, claims, nameType, options.RoleClaimType, kind, team.Issuer, isOneOfSeveralTeams, expiration, person);
    }

    /// <summary>Makes claims of the members of a payload that a screen read before.</summary>
    /// <returns>The member <c>custom</c> as it is written; empty where there is none.</returns>
    private ReadOnlySpan<byte> AddMembers(ReadOnlySpan<byte> payload, string nameType, List<PreparedClaim> claims)
    {
        var custom = ReadOnlySpan<byte>.Empty;
        var reader = new Utf8JsonReader(payload);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var usual = MemberTypes.Known(reader);
            var type = usual ?? reader.GetString()!;
            reader.Read();
            if (usual is null && MemberTypes.IsLookAlike(type))
            {
                reader.Skip();
            }
            else if (type == AccessClaimTypes.Custom)
            {
                custom = reader.TokenType == JsonTokenType.Null ? default : JsonClaims.ReadRaw(ref reader, payload);
            }
            else if (IsPlain(type, reader, nameType))
            {
                JsonClaims.Add(type, ref reader, payload, claims);
            }
            else
            {
                reader.Skip();
            }
        }

        return custom;
    }

    private void AddCustom(
        ReadOnlySpan<byte> custom, string nameType, string? groupsMember, AccessTeam team, List<PreparedClaim> claims)
    {
        if (IsUnclaimed(AccessClaimTypes.Custom, nameType))
        {
            claims.Add(new PreparedClaim(AccessClaimTypes.Custom, Encoding.UTF8.GetString(custom), JsonClaimValueTypes.Json));
        }

        if (CustomClaims.Add(custom, groupsMember, claims) is { } given)
        {
            var groups = GroupReader.Read(given, out var areWhole);
            if (!areWhole)
            {
                team.Identities.Diagnostics.Odd("some groups in the member of custom that GroupsClaim names");
            }

            claims.AddRange(GroupClaims.Of(groups, options.RoleClaimType));
        }
    }

    /// <summary>Types are compared without regard to case, since <c>RequireClaim</c> compares them so.</summary>
    private bool IsPlain(string type, in Utf8JsonReader value, string nameType) => type switch
    {
        AccessClaimTypes.Email or AccessClaimTypes.CommonName or AccessClaimTypes.Subject => !value.ValueSpan.IsEmpty,
        _ => IsUnclaimed(type, nameType)
            && !Is(type, AccessClaimTypes.Groups)
            && !Is(type, AccessClaimTypes.GroupId)
            && !type.StartsWith(WellKnownTypes, StringComparison.OrdinalIgnoreCase)
            // A member of the token itself must not pass for one of custom.
            && !type.StartsWith(CustomClaims.Prefix, StringComparison.OrdinalIgnoreCase),
    };

    /// <summary>Whether a member of this name is neither the caller's name nor a role.</summary>
    private bool IsUnclaimed(string type, string nameType) => !Is(type, nameType) && !Is(type, options.RoleClaimType);

    private static bool Is(string type, string other) => type.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static bool IsNameInToken(string nameType) => nameType is AccessClaimTypes.Email or AccessClaimTypes.CommonName;

    private static string? NameOf(TokenClaims claims) => claims.Kind switch
    {
        AccessCallerKind.User => claims.Email,
        AccessCallerKind.ServiceToken => claims.CommonName,
        _ => null,
    };
}
