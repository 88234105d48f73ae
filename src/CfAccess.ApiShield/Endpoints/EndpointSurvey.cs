using CfAccess.ApiShield.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CfAccess.ApiShield.Endpoints;

/// <summary>All endpoints of an application beside all saved operations.</summary>
internal sealed class EndpointSurvey
{
    private readonly List<(RouteEndpoint Endpoint, EndpointRoute Route, List<(SavedOperation Operation, RouteCoverage Coverage)> Operations)> _endpoints;

    /// <summary>The operations that endpoints without a short circuit own.</summary>
    private readonly HashSet<SavedOperation> _owned;

    /// <summary>Every place where a route can begin below a path base, of operations whose requests no endpoint receives without one.</summary>
    private readonly (string Method, PathNode Paths)[] _belowBase;

    public EndpointSurvey(IReadOnlyList<Endpoint> endpoints, IReadOnlyList<SavedOperation> operations, ParameterPolicyFactory? policies)
    {
        var trees = new OperationIndex(ApiShieldMatching.Origin, operations).Trees;
        _endpoints =
        [
            .. from endpoint in endpoints.OfType<RouteEndpoint>().Where(EndpointRoute.IsMatched)
               let route = new EndpointRoute(endpoint, policies)
               select (endpoint, route, route.FindAll(trees).ToList()),
        ];
        _owned = Covered(RouteCoverage.Owns);
        HasOperations = operations.Count > 0;

        var covered = Covered(RouteCoverage.Contains);
        var others = new OperationIndex(ApiShieldMatching.Origin, operations.Where(operation => !covered.Contains(operation)));
        _belowBase = [.. others.Trees.SelectMany(tree => Below(tree.Paths).Select(node => (tree.Method, node)))];
    }

    public bool HasOperations { get; }

    public int Count => _endpoints.Count;

    /// <returns>Endpoints that run before any middleware, each with an operation that a rule cannot protect there, as texts.</returns>
    public IEnumerable<(string Endpoint, string Operation)> FindShortCircuits() =>
        from one in _endpoints
        where ShortCircuit.Has(one.Endpoint)
        let unprotected = one.Operations
            .Where(operation => operation.Coverage == RouteCoverage.Owns || !_owned.Contains(operation.Operation))
            .Select(operation => operation.Operation)
            .Concat(FindOwnedBelowBase(one.Route))
            .FirstOrDefault()
        where unprotected is not null
        select (EndpointName.Describe(one.Endpoint), Describe(unprotected.Document));

    /// <returns>Endpoints that own no operation, as texts.</returns>
    public IReadOnlyList<string> FindUncovered() =>
    [
        .. from one in _endpoints
           group one by EndpointGroup.FindKey(one.Endpoint) ?? one.Endpoint into all
           where !all.Any(one => one.Operations.Any(operation => operation.Coverage == RouteCoverage.Owns)
               || FindOwnedBelowBase(one.Route).Count > 0)
           from one in all
           select EndpointName.Describe(one.Endpoint),
    ];

    /// <summary>
    /// The path base of a request is not known here. That an operation has one is likely if no endpoint receives its requests without one, and if
    /// the operation has the literals of the route.
    /// </summary>
    private IReadOnlyList<SavedOperation> FindOwnedBelowBase(EndpointRoute route) => route.FindOwned(_belowBase, pathBase: [], isExact: true);

    private static IEnumerable<PathNode> Below(PathNode node) =>
        node.Literals.Concat(node.Variable is { } variable ? [variable] : []).SelectMany(child => Below(child).Prepend(child));

    private static string Describe(ApiShieldOperation operation) => $"{operation.Method} {operation.Host}{operation.Endpoint}";

    private HashSet<SavedOperation> Covered(RouteCoverage least) => new(
        from one in _endpoints
        where !ShortCircuit.Has(one.Endpoint)
        from operation in one.Operations
        where operation.Coverage >= least
        select operation.Operation,
        ReferenceEqualityComparer.Instance);
}
