using CfAccess.ApiShield.Operations;

namespace CfAccess.ApiShield.Endpoints;

/// <summary>Finds the operations of a route. The time grows with the route and with what is found, not with the number of operations.</summary>
internal static class RouteSearch
{
    /// <summary>Finds the operations that a route owns. Allocates nothing, since it is needed for requests with a path base.</summary>
    /// <param name="node">The paths of the operations of one host and method.</param>
    /// <param name="pathBase">The path base that comes before the route; empty for none.</param>
    /// <param name="shape">The route.</param>
    /// <param name="isExact">Whether the operation must have the literals of the route, and at least one.</param>
    /// <param name="matches">Takes what is found.</param>
    public static void FindOwned(PathNode node, ReadOnlySpan<char> pathBase, RouteShape shape, bool isExact, ref Matches matches)
    {
        if (pathBase is not ['/', .. var rest])
        {
            FindOwned(node, shape, place: 0, sharesLiteral: false, isExact, ref matches);
            return;
        }

        var slash = rest.IndexOf('/');
        var segment = slash < 0 ? rest : rest[..slash];
        var after = rest[segment.Length..];
        if (node.FindLiteral(segment) is { } literal)
        {
            FindOwned(literal, after, shape, isExact, ref matches);
        }

        if (node.Variable is { } variable && !segment.IsEmpty)
        {
            FindOwned(variable, after, shape, isExact, ref matches);
        }
    }

    /// <returns>All operations whose requests can reach a route, each with how.</returns>
    /// <param name="node">The paths of the operations of one host and method.</param>
    /// <param name="shape">The route.</param>
    public static IEnumerable<(SavedOperation Operation, RouteCoverage Coverage)> FindAll(PathNode node, RouteShape shape) =>
        FindAll(node, shape, place: 0, sharesLiteral: false, hidesLiteral: false);

    /// <summary>A route with a parameter that covers a literal does not own the operation, so parameters follow variables only.</summary>
    private static void FindOwned(PathNode node, RouteShape shape, int place, bool sharesLiteral, bool isExact, ref Matches matches)
    {
        var isComplete = place >= shape.Segments.Count;
        if (isComplete && shape.Owns(sharesLiteral) && (sharesLiteral || !isExact))
        {
            foreach (var operation in node.Operations)
            {
                matches.Add(operation, isOwnMethod: true);
            }
        }

        var text = isComplete ? null : shape.Segments[place].Literal;
        if (text is not null && node.FindLiteral(text) is { } literal)
        {
            FindOwned(literal, shape, place + 1, sharesLiteral: true, isExact, ref matches);
        }

        if (node.Variable is { } variable && (isComplete ? shape.HasCatchAll : text is null || !isExact))
        {
            FindOwned(variable, shape, place + 1, sharesLiteral, isExact, ref matches);
        }
    }

    private static IEnumerable<(SavedOperation Operation, RouteCoverage Coverage)> FindAll(
        PathNode node, RouteShape shape, int place, bool sharesLiteral, bool hidesLiteral)
    {
        var isComplete = place >= shape.Segments.Count;
        if (isComplete)
        {
            var coverage = !hidesLiteral && shape.Owns(sharesLiteral) ? RouteCoverage.Owns
                : sharesLiteral ? RouteCoverage.Contains
                : RouteCoverage.Fallback;
            foreach (var operation in node.Operations)
            {
                yield return (operation, coverage);
            }

            if (!shape.HasCatchAll)
            {
                yield break;
            }
        }

        var text = isComplete ? null : shape.Segments[place].Literal;
        var literals = text is null ? node.Literals : node.FindLiteral(text) is { } same ? [same] : [];
        var found = literals.SelectMany(literal => FindAll(literal, shape, place + 1, sharesLiteral || text is not null, hidesLiteral || text is null));
        foreach (var one in node.Variable is { } variable ? found.Concat(FindAll(variable, shape, place + 1, sharesLiteral, hidesLiteral)) : found)
        {
            yield return one;
        }
    }
}
