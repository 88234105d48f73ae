using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace CfAccess.ApiShield.Rules;

/// <summary>The methods by which a request can reach an endpoint: its own, and others that it can mean.</summary>
internal readonly struct RequestMethods
{
    private readonly string _own;
    private readonly bool _isAlsoGet;
    private readonly IReadOnlyList<string> _ofEndpoint;

    public RequestMethods(HttpContext context, ApiShieldMatching matching)
    {
        var isOrigin = matching == ApiShieldMatching.Origin;
        _own = isOrigin ? HttpMethods.GetCanonicalizedValue(context.Request.Method) : context.Request.Method;
        _isAlsoGet = isOrigin && IsAlsoGet(context);
        _ofEndpoint = OfChosenEndpoint(context);
    }

    public int Count => OwnCount + _ofEndpoint.Count;

    /// <summary>How many of the first methods are the request's own.</summary>
    public int OwnCount => _isAlsoGet ? 2 : 1;

    public string this[int index] => index switch
    {
        0 => _own,
        1 when _isAlsoGet => HttpMethods.Get,
        _ => HttpMethods.GetCanonicalizedValue(_ofEndpoint[index - OwnCount]),
    };

    /// <summary>A WebSocket of HTTP/2 (RFC 8441) reaches what answers a <c>GET</c>.</summary>
    private static bool IsAlsoGet(HttpContext context) =>
        HttpMethods.IsConnect(context.Request.Method)
        && context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    /// <returns>
    /// The methods of the endpoint, if it was chosen before the request's method became what it is now; empty otherwise.
    /// </returns>
    private static IReadOnlyList<string> OfChosenEndpoint(HttpContext context)
    {
        if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not { HttpMethods.Count: > 0 } chosen)
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

        return chosen.AcceptCorsPreflight && CorsPreflight.IsLeftToCors(context, endpoint) ? [] : chosen.HttpMethods;
    }
}
