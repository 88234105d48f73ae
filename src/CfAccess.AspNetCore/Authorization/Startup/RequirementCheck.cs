using CfAccess.AspNetCore.Authorization.Policies;
using CfAccess.AspNetCore.Diagnostics;
using CfAccess.AspNetCore.Teams;

namespace CfAccess.AspNetCore.Authorization.Startup;

/// <summary>Finds requirements that nobody can meet, and those that do not say which of several teams they mean.</summary>
internal sealed class RequirementCheck(TrustedTeams teams, GroupSources groups) : IEndpointCheck
{
    public Task CheckAsync(IReadOnlyList<EndpointDemands> endpoints, EndpointReport report)
    {
        foreach (var endpoint in endpoints)
        {
            foreach (var name in endpoint.Requirements.OfType<InvalidPolicyName>())
            {
                report.Error(endpoint.Name, $"{name}. Create the name with {nameof(CloudflareAccessPolicy)}.");
            }

            foreach (var requirement in endpoint.AccessRequirements)
            {
                if (FindError(requirement) is { } error)
                {
                    report.Error(endpoint.Name, error);
                }
                else if (requirement.Team is { } issuer && teams.Active.All(team => team.Issuer != issuer))
                {
                    report.Warn(
                        endpoint.Name,
                        AuthorizationLog.TeamReplaced,
                        $"the requirement '{requirement}' rejects everybody in this environment, because {teams.Active[0].Issuer} replaces the "
                        + "teams of the settings.");
                }
            }
        }

        return Task.CompletedTask;
    }

    private string? FindError(AccessRequirement requirement)
    {
        if (requirement.Team is null && teams.FirstStrictScheme is { } scheme)
        {
            return $"the requirement '{requirement}' names no team, but the application trusts several. Name the team, as in "
                + "RequireAccessUser(team: \"acme\") or [RequireAccessUser(Team = \"acme\")]. If all teams are one organization, set "
                + $"Authentication:Schemes:{scheme}:TrustAllTeamsAlike to true.";
        }

        var possible = teams.All.Where(team => requirement.Team is null || team.Issuer == requirement.Team).ToList();
        if (possible.Count == 0)
        {
            var configured = string.Join(", ", teams.All.Select(team => team.Issuer).Distinct(StringComparer.Ordinal));
            return $"the team of the requirement '{requirement}' is not configured. Name one of these: {configured}.";
        }

        return requirement.Kind switch
        {
            AccessRequirementKind.Group or AccessRequirementKind.GroupId when !groups.Exist(requirement.Team) =>
                $"nobody can meet the requirement '{requirement}', because no groups are read. Set {possible[0].Path}:GroupsClaim to the member of the "
                + $"token's custom claims that holds the groups, such as \"groups\", or set {possible[0].Path}:GroupsFromIdentity to true.",
            AccessRequirementKind.Audience when FindUnlisted(requirement, possible) is { } audience =>
                $"no token for the audience '{audience}' is accepted. Add it to {possible[0].Path}:Audiences, or correct the AUD tag in "
                + "RequireAccessAudience.",
            _ => null,
        };
    }

    private static string? FindUnlisted(AccessRequirement requirement, List<TrustedTeam> teams) =>
        requirement.Values.FirstOrDefault(audience => !teams.Exists(team => team.Audiences.Contains(audience, StringComparer.Ordinal)));
}
