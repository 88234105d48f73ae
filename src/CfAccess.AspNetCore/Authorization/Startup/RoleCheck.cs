using CfAccess.AspNetCore.Diagnostics;
using CfAccess.AspNetCore.Teams;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;

namespace CfAccess.AspNetCore.Authorization.Startup;

/// <summary>
/// Finds demands for a role, or for the claim behind it, that more than one team can meet by naming a group, and warns of those that nobody can meet.
/// </summary>
internal sealed class RoleCheck(TrustedTeams teams, GroupSources groups, AskedSchemes schemes) : IEndpointCheck
{
    public async Task CheckAsync(IReadOnlyList<EndpointDemands> endpoints, EndpointReport report)
    {
        if (teams.RoleConflict is { } creators)
        {
            await CheckConflictAsync(endpoints, report, creators).ConfigureAwait(false);
            return;
        }

        foreach (var endpoint in endpoints.Where(endpoint => endpoint.Requirements.Any(requirement => requirement is RolesAuthorizationRequirement)))
        {
            if (await schemes.AreAllOursAsync(endpoint).ConfigureAwait(false) && !groups.Exist(issuer: null))
            {
                report.Warn(
                    endpoint.Name,
                    AuthorizationLog.RolesWithoutGroups,
                    "a role is demanded, and nothing gives a caller roles. Set GroupsClaim or GroupsFromIdentity, or register an IClaimsTransformation "
                    + "that adds roles.");
            }
        }
    }

    private async Task CheckConflictAsync(IReadOnlyList<EndpointDemands> endpoints, EndpointReport report, IReadOnlyList<TrustedTeam> creators)
    {
        var claimTypes = creators.Select(team => team.GroupClaimType!).Append(AccessClaimTypes.GroupId).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var issuers = string.Join(", ", creators.Select(team => team.Issuer).Distinct(StringComparer.Ordinal));
        var scheme = creators.First(team => !team.IsOneOrganization).Scheme;
        foreach (var endpoint in endpoints.Where(endpoint => endpoint.Requirements.Any(IsMetByGroup)))
        {
            if (await schemes.AreNeverOursAsync(endpoint).ConfigureAwait(false))
            {
                continue;
            }

            report.Error(
                endpoint.Name,
                $"more than one team creates roles ({issuers}), so a role does not say whose group it is. Require the group of one team, as in "
                + "[RequireAccessGroup(\"finance\", Team = \"acme\")]. If all teams are one organization, set "
                + $"Authentication:Schemes:{scheme}:TrustAllTeamsAlike to true.");
        }

        bool IsMetByGroup(IAuthorizationRequirement requirement) =>
            requirement is RolesAuthorizationRequirement
            || (requirement is ClaimsAuthorizationRequirement claim && claimTypes.Contains(claim.ClaimType));
    }
}
