using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace CfAccess.ApiShield.Rules;

/// <summary>The methods that a request can be answered by, besides the one that it names.</summary>
internal static class RequestMethods
{
    /// <summary>What the CORS middleware leaves in a request that it has seen; the endpoint middleware looks for it too.</summary>
    private const string CorsWasHere = "__CorsMiddlewareWithEndpointInvoked";

    /// <summary>A WebSocket of HTTP/2 (RFC 8441) reaches what answers a <c>GET</c>.</summary>
    public static bool IsAlsoGet(HttpContext context) =>
        HttpMethods.IsConnect(context.Request.Method)
        && context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    /// <returns>
    /// The methods of the endpoint, if it was chosen before the request's method became what it is now; empty otherwise.
    /// </returns>
    public static IReadOnlyList<string> OfChosenEndpoint(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IHttpMethodMetadata>() is not { HttpMethods.Count: > 0 } chosen)
        {
            return [];
        }

        // By index: the enumerator of an interface is an allocation.
        for (var index = 0; index < chosen.HttpMethods.Count; index++)
        {
            if (HttpMethods.Equals(chosen.HttpMethods[index], context.Request.Method))
            {
                return [];
            }
        }

        return chosen.AcceptCorsPreflight && IsUnansweredPreflight(context) ? [] : chosen.HttpMethods;
    }

    /// <summary>Routing hands a preflight to the endpoint that it asks about, and the CORS middleware answers it, if it is still to come.</summary>
    private static bool IsUnansweredPreflight(HttpContext context) =>
        HttpMethods.IsOptions(context.Request.Method)
        && context.Request.Headers.ContainsKey(CorsConstants.Origin)
        && context.Request.Headers.ContainsKey(CorsConstants.AccessControlRequestMethod)
        && !context.Items.ContainsKey(CorsWasHere);
}
