using CfAccess.AspNetCore.Identity;
using CfAccess.AspNetCore.Keys;

namespace CfAccess.AspNetCore.Teams;

/// <summary>A trusted team at work: its issuer, its audiences, its keys and its people, never mixed with another team's.</summary>
internal sealed class AccessTeam(
    string issuer, IEnumerable<string> audiences, string? groupsClaim, bool groupsFromIdentity, SigningKeyProvider keys, IdentitySource identities)
{
    private readonly HashSet<string> _audiences = audiences.ToHashSet(StringComparer.Ordinal);

    public string Issuer { get; } = issuer;

    public IReadOnlyList<string> Audiences { get; } = [.. audiences];

    public string? GroupsClaim { get; } = groupsClaim;

    public bool GroupsFromIdentity { get; } = groupsFromIdentity;

    public SigningKeyProvider Keys { get; } = keys;

    public IdentitySource Identities { get; } = identities;

    public bool Accepts(List<string> audiences)
    {
        foreach (var audience in audiences)
        {
            if (_audiences.Contains(audience))
            {
                return true;
            }
        }

        return false;
    }
}
