using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CfAccess.ApiShield.Endpoints;

/// <summary>The methods of an endpoint.</summary>
internal static class EndpointMethods
{
    /// <summary>Whether a request that means an operation of a method can reach the endpoint. <c>HEAD</c> and <c>CONNECT</c> mean a <c>GET</c> too.</summary>
    public static bool CanReach(Endpoint endpoint, string method) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods
        || methods.Any(one => HttpMethods.Equals(one, method)
            || (HttpMethods.IsGet(method) && (HttpMethods.IsHead(one) || HttpMethods.IsConnect(one))));
}
