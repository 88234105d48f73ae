using Microsoft.AspNetCore.Routing;

namespace CfAccess.AspNetCore.Authorization.Startup;

/// <summary>
/// Finds protection that routing bypasses. A dynamic endpoint is replaced by the action or page that it leads to, together with everything on it. An endpoint with
/// <c>ShortCircuit()</c> runs before the authorization middleware.
/// </summary>
internal sealed class PlacementCheck : IEndpointCheck
{
    /// <summary>The type is internal to the framework.</summary>
    private const string ShortCircuitMetadata = "Microsoft.AspNetCore.Routing.ShortCircuit.ShortCircuitMetadata";

    public Task CheckAsync(IReadOnlyList<EndpointDemands> endpoints, EndpointReport report)
    {
        foreach (var endpoint in endpoints)
        {
            var guards = endpoint.Endpoint.Metadata.GetOrderedMetadata<IEndpointGuard>().Select(guard => guard.Name);
            List<string> bypassed = [.. guards, .. endpoint.IsGuarded ? ["its authorization"] : Array.Empty<string>()];
            if (bypassed.Count > 0 && IsDynamic(endpoint))
            {
                report.Error(
                    endpoint.Name,
                    $"routing replaces this endpoint by the action or page that it leads to, so {string.Join(" and ", bypassed.Distinct())} would have no "
                    + "effect. Put attributes such as [RequireAccessUser] on the controller or page, and RequireAccessSameOrigin() on MapControllers() or "
                    + "MapRazorPages().");
            }

            if (endpoint.IsGuarded && endpoint.Endpoint.Metadata.Any(item => item.GetType().FullName == ShortCircuitMetadata))
            {
                report.Error(endpoint.Name, "ShortCircuit() runs this endpoint before authorization. Remove ShortCircuit().");
            }
        }

        return Task.CompletedTask;
    }

    private static bool IsDynamic(EndpointDemands endpoint) =>
        endpoint.Endpoint.Metadata.GetOrderedMetadata<IDynamicEndpointMetadata>().Any(metadata => metadata.IsDynamic);
}
