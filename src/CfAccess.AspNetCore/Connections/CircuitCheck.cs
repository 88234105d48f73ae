using CfAccess.AspNetCore.Authorization.Startup;
using CfAccess.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Authentication;

namespace CfAccess.AspNetCore.Connections;

/// <summary>Finds circuits without protection, and protection without circuits.</summary>
internal sealed class CircuitCheck(IAuthenticationSchemeProvider? schemes = null) : IEndpointCheck
{
    public async Task CheckAsync(IReadOnlyList<EndpointDemands> endpoints, EndpointReport report)
    {
        foreach (var endpoint in endpoints)
        {
            var protections = endpoint.Endpoint.Metadata.GetOrderedMetadata<CircuitProtection>();
            foreach (var protection in protections)
            {
                if (await FindErrorAsync(protection).ConfigureAwait(false) is { } error)
                {
                    report.Error(endpoint.Name, error);
                }
            }

            if (protections.Count == 0 && CircuitProtection.IsCircuit(endpoint.Endpoint.Metadata))
            {
                report.Warn(
                    endpoint.Name,
                    ConnectionLog.CircuitsUnprotected,
                    "components run on the server in circuits that a page of any site can open as its visitor, and that outlive the token. Call "
                    + "ProtectCircuitsWithAccess() on MapRazorComponents<App>().AddInteractiveServerRenderMode().",
                    LogCategories.Connections);
            }
        }
    }

    private async Task<string?> FindErrorAsync(CircuitProtection protection)
    {
        if (!protection.HasCircuits)
        {
            return "ProtectCircuitsWithAccess() finds no circuits here. Call it on MapRazorComponents<App>().AddInteractiveServerRenderMode() or on "
                + "MapBlazorHub(), or remove it.";
        }

        return schemes is not null && await schemes.GetSchemeAsync(protection.Scheme).ConfigureAwait(false) is { } scheme && AskedSchemes.IsOurs(scheme)
            ? null
            : $"ProtectCircuitsWithAccess() names '{protection.Scheme}', which is not a Cloudflare Access scheme. Add it with AddCloudflareAccess.";
    }
}
