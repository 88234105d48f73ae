using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;

namespace CfAccess.ApiShield.Endpoints;

/// <summary>An endpoint as people recognize it: its methods and its route, such as <c>GET /orders/{id}</c>.</summary>
internal static class EndpointName
{
    public static string Describe(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } some ? string.Join(", ", some) : "*";
        var route = $"{methods} /{endpoint.RoutePattern.RawText?.TrimStart('/') ?? endpoint.DisplayName}";

        // The default route of MVC is the route of many actions.
        return endpoint.Metadata.GetMetadata<ActionDescriptor>() is { DisplayName: { } action } ? $"{route} ({action})" : route;
    }
}
