using CfAccess.ApiShield.Operations;
using Microsoft.AspNetCore.Routing;

namespace CfAccess.ApiShield.Endpoints;

/// <summary>Compares endpoints with the saved operations.</summary>
/// <param name="operations">The operations.</param>
/// <param name="policies">Creates the transformers of route parameters; null if the application has no routing.</param>
internal sealed class RouteOperations(IReadOnlyList<SavedOperation> operations, ParameterPolicyFactory? policies)
{
    private readonly (SavedOperation Operation, string?[] Segments)[] _operations =
        [.. operations.Select(operation => (operation, operation.Path.WithoutTrailingSlash))];

    /// <returns>The operations whose requests can reach an endpoint, each with how.</returns>
    public IEnumerable<(EndpointOperation Operation, RouteCoverage Coverage)> Compare(RouteEndpoint endpoint)
    {
        var shapes = RouteShape.ReadAll(endpoint.RoutePattern, policies);
        foreach (var (operation, segments) in _operations)
        {
            if (!EndpointMethods.CanReach(endpoint, operation.Document.Method))
            {
                continue;
            }

            for (var baseLength = 0; baseLength <= segments.Length; baseLength++)
            {
                var coverage = shapes.Max(shape => shape.Compare(segments.AsSpan(baseLength)));
                if (coverage != RouteCoverage.None)
                {
                    yield return (new(operation, baseLength), coverage);
                }
            }
        }
    }

    /// <returns>The operations that an endpoint owns.</returns>
    public EndpointOperation[] FindOwned(RouteEndpoint endpoint) =>
    [
        .. Compare(endpoint)
            .Where(one => one.Coverage == RouteCoverage.Owns)
            .Select(one => one.Operation)
            .GroupBy(Alternatives)
            .SelectMany(alternatives => alternatives.Where(one => !alternatives.Any(other => IsMoreLiteral(other, one)))),
    ];

    /// <summary>Operations that differ only in how literal they are. Of <c>/accounts/me</c> and <c>/accounts/{id}</c> a request means the first.</summary>
    private static (string Method, string Host, string Base, int Length) Alternatives(EndpointOperation one) => (
        one.Operation.Document.Method,
        one.Operation.Host.Text,
        string.Join('/', one.Operation.Path.Segments.Take(one.BaseLength)),
        one.Operation.Path.WithoutTrailingSlash.Length);

    private static bool IsMoreLiteral(EndpointOperation one, EndpointOperation other) =>
        one.Operation.Specificity(isOwnMethod: true).Beats(other.Operation.Specificity(isOwnMethod: true));
}
