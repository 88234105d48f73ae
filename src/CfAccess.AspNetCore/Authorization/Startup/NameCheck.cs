using CfAccess.AspNetCore.Teams;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Authorization.Startup;

/// <summary>
/// Finds demands of ASP.NET Core for a name or an email address, such as <c>RequireUserName</c>, that the administrator of any of several teams can assert.
/// </summary>
internal sealed class NameCheck(
    TrustedTeams teams, AskedSchemes schemes, IEnumerable<SettingsName> names, IOptionsMonitor<CloudflareAccessOptions> options) : IEndpointCheck
{
    public async Task CheckAsync(IReadOnlyList<EndpointDemands> endpoints, EndpointReport report)
    {
        if (teams.FirstStrictScheme is not { } strict)
        {
            return;
        }

        HashSet<string> claimTypes = new(
            [AccessClaimTypes.Email, AccessClaimTypes.CommonName, .. names.Select(name => options.Get(name.Name).NameClaimType).OfType<string>()],
            StringComparer.OrdinalIgnoreCase);
        foreach (var endpoint in endpoints.Where(endpoint => endpoint.Requirements.Any(NamesPerson) && !NamesTeam(endpoint, endpoints)))
        {
            if (await schemes.AreNeverOursAsync(endpoint).ConfigureAwait(false)
                || await schemes.AreOfOneTeamAsync(endpoint, teams.All).ConfigureAwait(false))
            {
                continue;
            }

            report.Error(
                endpoint.Name,
                "a name or an email address does not say which team it is from, and the application trusts several. Require the team as well, as in "
                + "RequireAccessUser(team: \"acme\") or [RequireAccessUser(Team = \"acme\")]. If all teams are one organization, set "
                + $"Authentication:Schemes:{strict}:TrustAllTeamsAlike to true.");
        }

        bool NamesPerson(IAuthorizationRequirement requirement) =>
            requirement is NameAuthorizationRequirement
            || (requirement is ClaimsAuthorizationRequirement { AllowedValues: { } values } claim && values.Any() && claimTypes.Contains(claim.ClaimType));
    }

    /// <summary>The requirements of a hub apply to its methods, too.</summary>
    private static bool NamesTeam(EndpointDemands endpoint, IReadOnlyList<EndpointDemands> endpoints)
    {
        var own = endpoints.First(other => ReferenceEquals(other.Endpoint, endpoint.Endpoint));
        return endpoint.AccessRequirements.Concat(own.AccessRequirements).Any(requirement => requirement.Team is not null);
    }
}
