using CfAccess.ApiShield.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CfAccess.ApiShield.Endpoints;

/// <summary>All endpoints of an application beside all saved operations.</summary>
internal sealed class EndpointSurvey
{
    private readonly List<(RouteEndpoint Endpoint, (EndpointOperation Operation, RouteCoverage Coverage)[] Operations)> _endpoints;

    /// <summary>Operations, by index, that endpoints without a path base own or contain.</summary>
    private readonly HashSet<int> _covered;

    public EndpointSurvey(IReadOnlyList<Endpoint> endpoints, IReadOnlyList<SavedOperation> operations, ParameterPolicyFactory? policies)
    {
        var routes = new RouteOperations(operations, policies);
        _endpoints = [.. endpoints.OfType<RouteEndpoint>().Where(EndpointOperations.IsMatched).Select(endpoint => (endpoint, routes.Compare(endpoint).ToArray()))];
        _covered = [.. AtRoot(RouteCoverage.Contains)];
        HasOperations = operations.Count > 0;
    }

    public bool HasOperations { get; }

    public int Count => _endpoints.Count;

    /// <returns>Endpoints that run before any middleware, each with an operation that a rule cannot protect there, as texts.</returns>
    public IEnumerable<(string Endpoint, string Operation)> FindShortCircuits()
    {
        HashSet<int> owned = [.. AtRoot(RouteCoverage.Owns)];
        foreach (var (endpoint, operations) in _endpoints.Where(one => ShortCircuit.Has(one.Endpoint)))
        {
            var reached = operations.Where(one => IsOwn(one) || (IsContained(one) && !owned.Contains(one.Operation.Operation.Index))).ToList();
            if (reached.Count > 0)
            {
                yield return (EndpointName.Describe(endpoint), Describe(reached[0].Operation.Operation.Document));
            }
        }
    }

    /// <returns>Endpoints that own no operation, as texts.</returns>
    public IReadOnlyList<string> FindUncovered() =>
    [
        .. _endpoints
            .GroupBy(one => EndpointGroup.FindKey(one.Endpoint) ?? one.Endpoint)
            .Where(group => !group.Any(one => one.Operations.Any(IsOwn)))
            .SelectMany(group => group)
            .Select(one => EndpointName.Describe(one.Endpoint)),
    ];

    /// <summary>The index of each operation that an endpoint covers at least so much, without a path base and without a short circuit.</summary>
    private IEnumerable<int> AtRoot(RouteCoverage least) =>
        from one in _endpoints
        where !ShortCircuit.Has(one.Endpoint)
        from operation in one.Operations
        where operation.Operation.BaseLength == 0 && operation.Coverage >= least
        select operation.Operation.Operation.Index;

    /// <summary>What seems to be below a path base is that only if the application has no endpoint for it without one.</summary>
    private bool IsOwn((EndpointOperation Operation, RouteCoverage Coverage) one) =>
        one.Coverage == RouteCoverage.Owns && (one.Operation.BaseLength == 0 || !_covered.Contains(one.Operation.Operation.Index));

    private static bool IsContained((EndpointOperation Operation, RouteCoverage Coverage) one) =>
        one.Coverage == RouteCoverage.Contains && one.Operation.BaseLength == 0;

    private static string Describe(ApiShieldOperation operation) => $"{operation.Method} {operation.Host}{operation.Endpoint}";
}
