using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;

namespace CfAccess.ApiShield.Endpoints;

/// <summary>
/// Endpoints that run the same action or page: MVC creates one for each route to an action, one without a route for dynamic routes, and Razor
/// Pages two for an index page. What is protected for one is protected for all.
/// </summary>
internal static class EndpointGroup
{
    /// <returns>What the endpoint has in common with the others of its group; null if it is alone.</returns>
    public static object? FindKey(Endpoint endpoint) => endpoint.Metadata.GetMetadata<ActionDescriptor>() switch
    {
        null => null,
        { RouteValues: var values } when values.TryGetValue("page", out var page) && !string.IsNullOrEmpty(page) =>
            (values.TryGetValue("area", out var area) ? area : null, page),
        var action => action,
    };
}
