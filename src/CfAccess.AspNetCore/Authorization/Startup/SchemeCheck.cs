using CfAccess.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Authentication;

namespace CfAccess.AspNetCore.Authorization.Startup;

/// <summary>Finds endpoints that name an unknown authentication scheme, and Access requirements behind schemes that never authenticate by an Access token.</summary>
internal sealed class SchemeCheck(AskedSchemes askedSchemes, IAuthenticationSchemeProvider? schemes = null) : IEndpointCheck
{
    public async Task CheckAsync(IReadOnlyList<EndpointDemands> endpoints, EndpointReport report)
    {
        foreach (var endpoint in endpoints)
        {
            foreach (var name in endpoint.Schemes)
            {
                await CheckNameAsync(name, endpoint, report).ConfigureAwait(false);
            }

            if (endpoint.AccessRequirements.Any())
            {
                await CheckAskedAsync(endpoint, report).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A provider may create a scheme on demand, so only asking for it tells whether it exists.</summary>
    private async Task CheckNameAsync(string name, EndpointDemands endpoint, EndpointReport report)
    {
        if (schemes is null || await schemes.GetSchemeAsync(name).ConfigureAwait(false) is null)
        {
            var known = schemes is null ? [] : (await schemes.GetAllSchemesAsync().ConfigureAwait(false)).Select(scheme => scheme.Name);
            report.Error(
                endpoint.Name,
                $"the authentication scheme '{name}' does not exist. Add it, or name one of these: {string.Join(", ", known)}.");
        }
    }

    private async Task CheckAskedAsync(EndpointDemands endpoint, EndpointReport report)
    {
        var asked = await askedSchemes.FindAsync(endpoint).ConfigureAwait(false);
        if (asked.Count > 0 && !asked.Any(askedSchemes.CanBecomeOurs))
        {
            report.Warn(
                endpoint.Name,
                AuthorizationLog.AccessSchemeNotAsked,
                $"a Cloudflare Access requirement stands behind {string.Join(", ", asked.Select(scheme => scheme.Name))}, which cannot authenticate by an "
                + "Access token, so everybody is rejected. Name the scheme in the policy or the attribute (AuthenticationSchemes = "
                + $"\"{CloudflareAccessDefaults.AuthenticationScheme}\"), or make it the default scheme.");
        }
    }
}
