using CfAccess.ApiShield.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CfAccess.ApiShield.Endpoints;

/// <summary>The route of an endpoint, and its methods.</summary>
/// <param name="endpoint">The endpoint.</param>
/// <param name="policies">Creates the transformers of route parameters; null if the application has no routing.</param>
internal sealed class EndpointRoute(RouteEndpoint endpoint, ParameterPolicyFactory? policies)
{
    private readonly string[] _methods = [.. endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []];
    private readonly RouteShape[] _shapes = [.. RouteShape.ReadAll(endpoint.RoutePattern, policies)];

    private IReadOnlyList<RouteSegment> Segments => _shapes[0].Segments;

    /// <summary>Whether routing matches requests to an endpoint. A dynamic one is replaced by another before it runs.</summary>
    public static bool IsMatched(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ISuppressMatchingMetadata>() is not { SuppressMatching: true }
        && endpoint.Metadata.GetMetadata<IDynamicEndpointMetadata>() is not { IsDynamic: true };

    /// <summary>Finds the operations that the route owns. Allocates only if there are any.</summary>
    /// <param name="trees">The paths of the operations, for each host and method.</param>
    /// <param name="pathBase">The path base that comes before the route; empty for none.</param>
    /// <param name="isExact">Whether an operation must have the literals of the route, and at least one.</param>
    public IReadOnlyList<SavedOperation> FindOwned((string Method, PathNode Paths)[] trees, ReadOnlySpan<char> pathBase, bool isExact = false)
    {
        List<SavedOperation>? owned = null;
        foreach (var (method, paths) in trees)
        {
            foreach (var shape in CanReach(method) ? _shapes : [])
            {
                // What a catch-all takes has several lengths, and only operations of one length replace each other.
                var matches = new Matches(ApiShieldMatching.Origin, keepsAll: shape.HasCatchAll);
                RouteSearch.FindOwned(paths, pathBase, shape, isExact, ref matches);
                for (var index = 0; index < matches.Count; index++)
                {
                    (owned ??= []).Add(matches[index]);
                }
            }
        }

        return owned ?? (IReadOnlyList<SavedOperation>)[];
    }

    /// <returns>All operations whose requests can reach the route without a path base, each with how.</returns>
    public IEnumerable<(SavedOperation Operation, RouteCoverage Coverage)> FindAll((string Method, PathNode Paths)[] trees) =>
        from tree in trees
        where CanReach(tree.Method)
        from shape in _shapes
        from found in RouteSearch.FindAll(tree.Paths, shape)
        select found;

    /// <summary>The path with the default values of the route in place of the last segments that it leaves out; null if it leaves none out.</summary>
    /// <param name="path">The path of a request that has reached the endpoint.</param>
    public string? FindWholePath(ReadOnlySpan<char> path)
    {
        path = path.TrimEnd('/');
        string? whole = null;
        for (var place = path.Count('/'); place < Segments.Count && Segments[place].Default is { Length: > 0 } text; place++)
        {
            whole = string.Concat(whole is null ? path : whole, "/", text);
        }

        return whole;
    }

    /// <summary>Whether a request that means an operation of a method can reach the endpoint. <c>HEAD</c> and <c>CONNECT</c> mean a <c>GET</c> too.</summary>
    private bool CanReach(string method)
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
