using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CfAccess.ApiShield.Endpoints;

/// <summary>The route of an endpoint, and its methods.</summary>
/// <param name="endpoint">The endpoint.</param>
/// <param name="policies">Creates the transformers of route parameters; null if the application has no routing.</param>
internal sealed class EndpointRoute(RouteEndpoint endpoint, ParameterPolicyFactory? policies)
{
    private readonly string[] _methods = [.. endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []];

    public IReadOnlyList<RouteShape> Shapes { get; } = RouteShape.ReadAll(endpoint.RoutePattern, policies);

    /// <summary>Whether routing matches requests to an endpoint. A dynamic one is replaced by another before it runs.</summary>
    public static bool IsMatched(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ISuppressMatchingMetadata>() is not { SuppressMatching: true }
        && endpoint.Metadata.GetMetadata<IDynamicEndpointMetadata>() is not { IsDynamic: true };

    /// <summary>Whether a request that means an operation of a method can reach the endpoint. <c>HEAD</c> and <c>CONNECT</c> mean a <c>GET</c> too.</summary>
    public bool CanReach(string method)
    {
        foreach (var own in _methods)
        {
            if (HttpMethods.Equals(own, method) || (HttpMethods.IsGet(method) && (HttpMethods.IsHead(own) || HttpMethods.IsConnect(own))))
            {
                return true;
            }
        }

        return _methods.Length == 0;
    }
}
