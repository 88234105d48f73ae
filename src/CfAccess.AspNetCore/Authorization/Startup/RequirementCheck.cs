using CfAccess.AspNetCore.Authorization.Policies;
using CfAccess.AspNetCore.Teams;

namespace CfAccess.AspNetCore.Authorization.Startup;

/// <summary>Finds requirements that nobody can meet.</summary>
internal sealed class RequirementCheck(TrustedTeams teams) : IEndpointCheck
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
                Check(endpoint.Name, requirement, report);
            }
        }

        return Task.CompletedTask;
    }

    private void Check(string endpoint, AccessRequirement requirement, EndpointReport report)
    {
        if (requirement.Team is null && teams.FirstStrictScheme is { } scheme)
        {
            report.Error(
                endpoint,
                $"the requirement '{requirement}' names no team, but the application trusts several. Name the team, as in "
                + "RequireAccessUser(team: \"acme\") or [RequireAccessUser(Team = \"acme\")]. If all teams are one organization, set "
                + $"Authentication:Schemes:{scheme}:TrustAllTeamsAlike to true.");
        }
    }
}
