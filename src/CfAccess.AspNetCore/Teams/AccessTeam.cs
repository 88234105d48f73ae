using System.Text;
using CfAccess.AspNetCore.Identity;
using CfAccess.AspNetCore.Keys;
using CfAccess.AspNetCore.Tokens;

namespace CfAccess.AspNetCore.Teams;

/// <summary>A trusted team at work: its issuer, its audiences, its keys and its people, never mixed with another team's.</summary>
internal sealed class AccessTeam(
    string issuer, IEnumerable<string> audiences, string? groupsClaim, bool groupsFromIdentity, SigningKeyProvider keys, IdentitySource identities)
{
    private readonly byte[] _issuer = Encoding.UTF8.GetBytes(issuer);
    private readonly byte[][] _audiences = [.. audiences.Select(Encoding.UTF8.GetBytes)];

    public string Issuer { get; } = issuer;

    public IReadOnlyList<string> Audiences { get; } = [.. audiences];

    public string? GroupsClaim { get; } = groupsClaim;

    public bool GroupsFromIdentity { get; } = groupsFromIdentity;

    public SigningKeyProvider Keys { get; } = keys;

    public IdentitySource Identities { get; } = identities;

    /// <summary>The team that a token names; none where that is not one of them.</summary>
    public static AccessTeam? Of(TokenClaims claims, IReadOnlyList<AccessTeam> teams)
    {
        // Few, and told apart by their length or within a few characters. By index: an enumerator would be an object for each token.
        for (var number = 0; number < teams.Count; number++)
        {
            if (teams[number].HasIssued(claims))
            {
                return teams[number];
            }
        }

        return null;
    }

    /// <summary>Whether the token says that it is of this team.</summary>
    public bool HasIssued(TokenClaims claims) => claims.Issuer.Is(_issuer);

    /// <summary>Whether a token is for one of the team's audiences.</summary>
    public bool Accepts(TokenClaims claims) => claims.IsForAny(_audiences);

    /// <summary>The same, of audiences that somebody else read.</summary>
    public bool Accepts(IEnumerable<string> audiences) => audiences.Any(audience => Audiences.Contains(audience, StringComparer.Ordinal));
}
