using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Teams;

/// <summary>What the settings of all schemes say together about the teams that the application trusts.</summary>
internal sealed class TrustedTeams(
    IOptionsMonitor<CloudflareAccessOptions> options, IEnumerable<SettingsName> names, IHostEnvironment environment)
{
    private readonly Lazy<IReadOnlyList<TrustedTeam>> _active = new(() => Read(options, names, environment, settings => settings.TeamsInEffect()));
    private readonly Lazy<IReadOnlyList<TrustedTeam>> _configured = new(() => Read(options, names, environment, settings => settings.ConfiguredTeams));

    /// <summary>Whether the application trusts more than one team, in one scheme or in several. Then a name alone identifies nobody.</summary>
    public bool HasSeveral => HasSeveralOf(_active.Value);

    /// <summary>Whether more than one team creates roles. Then a role does not say whose group it is, and groups do not become roles.</summary>
    public bool HasSeveralThatCreateRoles => FindRoleConflict(_active.Value) is not null;

    /// <summary>The teams whose tokens are accepted now.</summary>
    public IReadOnlyList<TrustedTeam> Active => _active.Value;

    /// <summary>
    /// The teams of the application's own settings, and those whose tokens are accepted now. They differ if something replaces the teams in Development.
    /// </summary>
    public IEnumerable<TrustedTeam> All => _configured.Value.Concat(_active.Value);

    /// <summary>
    /// A scheme that demands that every requirement names its team; null if there is one team, or if all are one organization. The application's own
    /// settings decide as well, so that an application that cannot run in production does not run in Development either.
    /// </summary>
    public string? FirstStrictScheme => FindStrictScheme(_configured.Value) ?? FindStrictScheme(_active.Value);

    /// <summary>The teams that create roles, if there is more than one and they are not one organization; else null.</summary>
    public IReadOnlyList<TrustedTeam>? RoleConflict => FindRoleConflict(_configured.Value) ?? FindRoleConflict(_active.Value);

    private static bool HasSeveralOf(IEnumerable<TrustedTeam> teams) =>
        teams.Select(team => team.Issuer).Distinct(StringComparer.Ordinal).Skip(1).Any();

    private static string? FindStrictScheme(IReadOnlyList<TrustedTeam> teams) =>
        HasSeveralOf(teams) ? teams.FirstOrDefault(team => !team.IsOneOrganization)?.Scheme : null;

    private static List<TrustedTeam>? FindRoleConflict(IReadOnlyList<TrustedTeam> teams)
    {
        var creators = teams.Where(team => team.GroupClaimType is not null).ToList();
        return FindStrictScheme(creators) is null ? null : creators;
    }

    private static List<TrustedTeam> Read(
        IOptionsMonitor<CloudflareAccessOptions> options,
        IEnumerable<SettingsName> names,
        IHostEnvironment environment,
        Func<CloudflareAccessOptions, IEnumerable<CloudflareAccessTeam>> teams) =>
        [.. names.SelectMany(name => Read(name.Name, options.Get(name.Name), environment, teams))];

    private static IEnumerable<TrustedTeam> Read(
        string scheme,
        CloudflareAccessOptions settings,
        IHostEnvironment environment,
        Func<CloudflareAccessOptions, IEnumerable<CloudflareAccessTeam>> teams)
    {
        var path = $"Authentication:Schemes:{scheme}";
        foreach (var (index, team) in teams(settings).Index())
        {
            if (TeamDomain.TryGetIssuer(team.TeamDomain, settings.AllowCustomTeamDomain, environment.IsDevelopment(), out var issuer))
            {
                yield return new TrustedTeam(
                    scheme,
                    settings.Teams is { Count: > 0 } || settings.ConfiguredTeams.Count > 1 ? $"{path}:Teams:{index}" : path,
                    issuer,
                    [.. team.Audiences],
                    team.GroupsClaim is not null || team.GroupsFromIdentity ? settings.RoleClaimType : null,
                    settings.TrustAllTeamsAlike);
            }
        }
    }
}
