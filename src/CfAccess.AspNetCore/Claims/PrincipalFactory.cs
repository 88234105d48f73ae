using System.Security.Claims;
using System.Text;
using System.Text.Json;
using CfAccess.AspNetCore.Identity;
using CfAccess.AspNetCore.Teams;
using CfAccess.AspNetCore.Tokens;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CfAccess.AspNetCore.Claims;

/// <summary>Tells what the principal of a verified token is made of. Nothing in a token becomes a name, a role or a group but what is meant to.</summary>
internal sealed class PrincipalFactory(CloudflareAccessOptions options, string scheme, TrustedTeams teams)
{
    private readonly bool _isOneOfSeveralTeams = teams.HasSeveral && !options.TrustAllTeamsAlike;

    /// <summary>The claim type of roles. If several teams create groups, groups are not roles, and only the application's own code adds roles.</summary>
    private readonly string _roleType = teams.HasSeveralThatCreateRoles ? OwnRole : options.RoleClaimType;

    /// <summary>The beginning of the types in <see cref="ClaimTypes"/>, which authorization code trusts as names and roles.</summary>
    private const string WellKnownTypes = "http://schemas.";

    private const string OwnRole = "CfAccess.Role";

    /// <summary>What custom and the name add to the members, as a rule.</summary>
    private const int CustomAndName = 4;

    /// <param name="token">A verified token in ASCII. Nobody changes it.</param>
    /// <param name="read">What was read from it to judge it.</param>
    /// <param name="team">Whose it is.</param>
    public PrincipalTemplate Prepare(byte[] token, TokenClaims read, AccessTeam team)
    {
        var kind = read.Kind;
        var named = kind switch
        {
            AccessCallerKind.ServiceToken => UsualMember.CommonName,
            AccessCallerKind.User when !read.Email.HasContent => UsualMember.Subject,
            _ => UsualMember.Email,
        };
        var name = kind == AccessCallerKind.Unknown ? null : read.TextOf(named).GetString();
        var ownType = options.NameClaimType is { } wanted && !IsNameInToken(wanted) ? wanted : null;
        var nameType = ownType ?? UsualMembers.NameOf(named);
        var claims = new List<PreparedClaim>(read.Members.Length + CustomAndName);
        var custom = AddMembers(read, team, named, name, nameType, claims);
        if (ownType is not null && name is not null)
        {
            claims.Add(new PreparedClaim(ownType, name, ClaimValueTypes.String));
        }

        if (!custom.IsEmpty)
        {
            AddCustom(custom, nameType, kind == AccessCallerKind.User ? team.GroupsClaim : null, team, claims);
        }

        var expiration = read.Expiration!.Value;

        // Only the email address ties an identity from get-identity to a token. Without one, no identity is requested.
        var person = kind == AccessCallerKind.User && named == UsualMember.Email
            ? new AccessPerson(team, token, name!, TokenLifetime.AcceptedUntil(expiration, options.ClockSkew))
            : null;
        return new PrincipalTemplate(
            scheme, token, claims, nameType, _roleType, options.RoleClaimType, kind, team.Issuer, _isOneOfSeveralTeams, expiration, person);
    }

    /// <summary>Makes claims of the members of a payload.</summary>
    /// <returns>The member <c>custom</c> as it is written; empty where there is none.</returns>
    private ReadOnlySpan<byte> AddMembers(
        TokenClaims read, AccessTeam team, UsualMember named, string? name, string nameType, List<PreparedClaim> claims)
    {
        var custom = ReadOnlySpan<byte>.Empty;
        foreach (ref readonly var member in read.Members)
        {
            if (member.Usual == UsualMember.Custom)
            {
                custom = member.Type == JsonTokenType.Null ? default : member.ValueIn(read.Payload);
                continue;
            }

            var type = member.NameIn(read.Payload);
            if (member.Usual == UsualMember.None ? IsPlain(type, nameType) : IsPlain(member, type, nameType))
            {
                if (KnownText(member.Usual) is { } text)
                {
                    claims.Add(new PreparedClaim(type, text, ClaimValueTypes.String));
                }
                else
                {
                    JsonClaims.Add(type, member, read.Payload, claims);
                }
            }
        }

        return custom;

        // What the checks found equal, and the name, are texts already.
        string? KnownText(UsualMember member) => member switch
        {
            UsualMember.Issuer => team.Issuer,
            UsualMember.Type => ClaimRules.ApplicationToken,
            _ when member == named => name,
            _ => null,
        };
    }

    private void AddCustom(
        ReadOnlySpan<byte> custom, string nameType, string? groupsMember, AccessTeam team, List<PreparedClaim> claims)
    {
        if (!CustomClaims.TryAdd(custom, groupsMember, claims, out var given))
        {
            team.Identities.Diagnostics.Odd("custom claims");
            return;
        }

        if (IsUnclaimed(AccessClaimTypes.Custom, nameType))
        {
            claims.Add(new PreparedClaim(AccessClaimTypes.Custom, Encoding.UTF8.GetString(custom), JsonClaimValueTypes.Json));
        }

        if (given is not null)
        {
            var groups = GroupReader.Read(given.Value, out var areWhole);
            if (!areWhole)
            {
                team.Identities.Diagnostics.Odd("some groups in the member of custom that GroupsClaim names");
            }

            claims.AddRange(GroupClaims.Of(groups, options.RoleClaimType));
        }
    }

    private bool IsPlain(in PayloadMember usual, string type, string nameType) => usual.Usual switch
    {
        UsualMember.Email or UsualMember.CommonName or UsualMember.Subject => !usual.IsEmptyText,
        _ => IsUnclaimed(type, nameType),
    };

    /// <summary>Types are compared without regard to case, since <c>RequireClaim</c> compares them so.</summary>
    private bool IsPlain(string unusual, string nameType) =>
        IsUnclaimed(unusual, nameType)
        && !UsualMembers.IsLookAlike(unusual)
        && !Is(unusual, AccessClaimTypes.Groups)
        && !Is(unusual, AccessClaimTypes.GroupId)
        && !unusual.StartsWith(WellKnownTypes, StringComparison.OrdinalIgnoreCase)
        // A member of the token itself must not pass for one of custom.
        && !unusual.StartsWith(CustomClaims.Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a member of this name is neither the caller's name nor a role.</summary>
    private bool IsUnclaimed(string type, string nameType) => !Is(type, nameType) && !Is(type, options.RoleClaimType) && !Is(type, _roleType);

    private static bool Is(string type, string other) => type.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static bool IsNameInToken(string nameType) => nameType is AccessClaimTypes.Email or AccessClaimTypes.CommonName;
}
