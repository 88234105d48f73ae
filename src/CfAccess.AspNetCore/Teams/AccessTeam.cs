using CfAccess.AspNetCore.Keys;

namespace CfAccess.AspNetCore.Teams;

/// <summary>A trusted team at work: its issuer, its audiences and its keys, never mixed with another team's.</summary>
internal sealed class AccessTeam(string issuer, IEnumerable<string> audiences, string? groupsClaim, SigningKeyProvider keys)
{
    private readonly HashSet<string> _audiences = audiences.ToHashSet(StringComparer.Ordinal);

    public string Issuer { get; } = issuer;

    public IReadOnlyList<string> Audiences { get; } = [.. audiences];

    public string? GroupsClaim { get; } = groupsClaim;

    public SigningKeyProvider Keys { get; } = keys;

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
