using CfAccess.ApiShield.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CfAccess.ApiShield.Endpoints;

/// <summary>All endpoints of an application beside all saved operations.</summary>
internal sealed class EndpointSurvey
{
    private readonly RouteOperations _operations;
    private readonly List<(RouteEndpoint Endpoint, EndpointRoute Route, (SavedOperation Operation, RouteCoverage Coverage)[] Operations)> _endpoints;

    /// <summary>What endpoints without a short circuit own, and what they can at least receive: indexes of operations.</summary>
    private readonly HashSet<int> _owned;
    private readonly HashSet<int> _covered;

    public EndpointSurvey(IReadOnlyList<Endpoint> endpoints, IReadOnlyList<SavedOperation> operations, ParameterPolicyFactory? policies)
    {
        _operations = new RouteOperations(operations);
        _endpoints =
        [
            .. from endpoint in endpoints.OfType<RouteEndpoint>().Where(EndpointRoute.IsMatched)
               let route = new EndpointRoute(endpoint, policies)
               select (endpoint, route, _operations.Compare(route).ToArray()),
        ];
        _owned = [.. Covered(RouteCoverage.Owns)];
        _covered = [.. Covered(RouteCoverage.Contains)];
        HasOperations = operations.Count > 0;
    }

    public bool HasOperations { get; }

    public int Count => _endpoints.Count;

    /// <returns>Endpoints that run before any middleware, each with an operation that a rule cannot protect there, as texts.</returns>
    public IEnumerable<(string Endpoint, string Operation)> FindShortCircuits() =>
        from one in _endpoints
        where ShortCircuit.Has(one.Endpoint)
        let unprotected = one.Operations
            .Where(operation => operation.Coverage == RouteCoverage.Owns || !_owned.Contains(operation.Operation.Index))
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
           where !all.Any(one => one.Operations.Any(operation => operation.Coverage == RouteCoverage.Owns) || FindOwnedBelowBase(one.Route).Any())
           from one in all
           select EndpointName.Describe(one.Endpoint),
    ];

    private IEnumerable<int> Covered(RouteCoverage least) =>
        from one in _endpoints
        where !ShortCircuit.Has(one.Endpoint)
        from operation in one.Operations
        where operation.Coverage >= least
        select operation.Operation.Index;

    /// <summary>That an operation has a path base is likely only if no endpoint receives its requests without one.</summary>
    private IEnumerable<SavedOperation> FindOwnedBelowBase(EndpointRoute route) =>
        _operations.FindOwnedBelowBase(route).Where(operation => !_covered.Contains(operation.Index));

    private static string Describe(ApiShieldOperation operation) => $"{operation.Method} {operation.Host}{operation.Endpoint}";
}
