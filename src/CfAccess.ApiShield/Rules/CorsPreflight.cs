using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CfAccess.ApiShield.Rules;

/// <summary>A CORS preflight, which carries no token. Routing chooses the endpoint that it asks about, but the endpoint does not run.</summary>
internal static class CorsPreflight
{
    /// <summary>The CORS middleware leaves this in a request that it has seen. The endpoint middleware looks for it too.</summary>
    private const string CorsWasHere = "__CorsMiddlewareWithEndpointInvoked";

    /// <summary>Whether the CORS middleware is still to come, and responds instead of the endpoint.</summary>
    public static bool IsLeftToCors(HttpContext context, Endpoint endpoint) =>
        HttpMethods.IsOptions(context.Request.Method)
        && context.Request.Headers.ContainsKey(CorsConstants.Origin)
        && context.Request.Headers.ContainsKey(CorsConstants.AccessControlRequestMethod)
        && endpoint.Metadata.GetMetadata<ICorsMetadata>() is not null
        && !context.Items.ContainsKey(CorsWasHere)
        && HasCheck(context);

    /// <summary>Whether an endpoint with CORS metadata does not run if the CORS middleware is missing.</summary>
    private static bool HasCheck(HttpContext context) =>
        !context.RequestServices.GetRequiredService<IOptions<RouteOptions>>().Value.SuppressCheckForUnhandledSecurityMetadata;
}
