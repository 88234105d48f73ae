using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Teams;

/// <summary>What the settings of all schemes say together about the teams that the application trusts.</summary>
internal sealed class TrustedTeams(
    IOptionsMonitor<CloudflareAccessOptions> options, IEnumerable<SettingsName> names, IHostEnvironment environment)
{
    private readonly Lazy<IReadOnlyList<TrustedTeam>> _all = new(() => [.. names.SelectMany(name => Read(name.Name, options.Get(name.Name), environment))]);

    /// <summary>Whether the application trusts more than one team, in one scheme or in several. Then a name alone identifies nobody.</summary>
    public bool HasSeveral => _all.Value.Select(team => team.Issuer).Distinct(StringComparer.Ordinal).Skip(1).Any();

    /// <summary>A scheme that requires every requirement to name its team; null if the application has one team, or all are one organization.</summary>
    public string? FirstStrictScheme => HasSeveral ? _all.Value.FirstOrDefault(team => !team.IsOneOrganization)?.Scheme : null;

    private static IEnumerable<TrustedTeam> Read(string scheme, CloudflareAccessOptions options, IHostEnvironment environment)
    {
        foreach (var team in options.TeamsInEffect())
        {
            if (TeamDomain.TryGetIssuer(team.TeamDomain, options.AllowCustomTeamDomain, environment.IsDevelopment(), out var issuer))
            {
                yield return new TrustedTeam(scheme, issuer, options.TrustAllTeamsAlike);
            }
        }
    }

    private sealed record TrustedTeam(string Scheme, string Issuer, bool IsOneOrganization);
}
