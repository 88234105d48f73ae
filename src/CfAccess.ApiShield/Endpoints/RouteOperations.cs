using CfAccess.ApiShield.Operations;

namespace CfAccess.ApiShield.Endpoints;

/// <summary>Compares routes with the saved operations.</summary>
internal sealed class RouteOperations(IReadOnlyList<SavedOperation> operations)
{
    private readonly (SavedOperation Operation, string?[] Segments)[] _operations =
        [.. operations.Select(operation => (operation, operation.Path.WithoutTrailingSlash))];

    /// <returns>The operations whose requests can reach a route that has no path base, each with how.</returns>
    public IEnumerable<(SavedOperation Operation, RouteCoverage Coverage)> Compare(EndpointRoute route) =>
        from one in _operations
        where route.CanReach(one.Operation.Document.Method)
        let coverage = route.Shapes.Max(shape => shape.Compare(one.Segments))
        where coverage != RouteCoverage.None
        select (one.Operation, coverage);

    /// <returns>The operations that a route without a path base owns.</returns>
    public IEnumerable<SavedOperation> FindOwned(EndpointRoute route) => Compare(route)
        .Where(one => one.Coverage == RouteCoverage.Owns)
        .Select(one => one.Operation)
        .GroupBy(one => (one.Document.Method, one.Host.Text, one.Path.WithoutTrailingSlash.Length))
        .SelectMany(alternatives => alternatives.Where(one => !alternatives.Any(other => IsMoreLiteral(other, one))));

    /// <returns>The operations that a route owns if their first segments are the application's path base.</returns>
    public IEnumerable<SavedOperation> FindOwnedBelowBase(EndpointRoute route) =>
        from one in _operations
        where route.CanReach(one.Operation.Document.Method)
        where Enumerable.Range(1, one.Segments.Length).Any(length => route.Shapes.Any(shape =>
            shape.Compare(one.Segments.AsSpan(length)) == RouteCoverage.Owns))
        select one.Operation;

    /// <summary>Of <c>/accounts/me</c> and <c>/accounts/{id}</c> a request means the first.</summary>
    private static bool IsMoreLiteral(SavedOperation one, SavedOperation other) =>
        one.Specificity(isOwnMethod: true).Beats(other.Specificity(isOwnMethod: true));
}
