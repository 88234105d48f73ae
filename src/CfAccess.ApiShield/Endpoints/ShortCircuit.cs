using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace CfAccess.ApiShield.Endpoints;

/// <summary>Recognizes endpoints that routing itself runs, before any middleware.</summary>
internal static class ShortCircuit
{
    /// <summary>The type is not public, so it is taken from an endpoint that has it.</summary>
    private static readonly Type Marker = FindMarker();

    public static bool Has(Endpoint endpoint) => endpoint.Metadata.Any(Marker.IsInstanceOfType);

    private static Type FindMarker()
    {
        var builder = new RouteEndpointBuilder(requestDelegate: null, RoutePatternFactory.Parse("/"), order: 0);
        new Conventions(builder).ShortCircuit();
        return builder.Metadata.Single().GetType();
    }

    private sealed class Conventions(EndpointBuilder builder) : IEndpointConventionBuilder
    {
        public void Add(Action<EndpointBuilder> convention) => convention(builder);
    }
}
