using CfAccess.ApiShield.Operations;

namespace CfAccess.ApiShield.Endpoints;

/// <summary>
/// Finds the operations that a route owns if a path base comes before it. A client can write a path base, so this is found anew for a request:
/// the time grows with the base and the route, not with the number of operations.
/// </summary>
internal static class RouteBelowBase
{
    /// <param name="node">The operations of one host and method.</param>
    /// <param name="pathBase">The path base, or what is left of it.</param>
    /// <param name="shape">The route.</param>
    /// <param name="matches">Takes what is found.</param>
    public static void Find(PathNode node, ReadOnlySpan<char> pathBase, RouteShape shape, ref Matches matches)
    {
        if (pathBase is not ['/', .. var rest])
        {
            Follow(node, shape, place: 0, sharesLiteral: false, ref matches);
            return;
        }

        var slash = rest.IndexOf('/');
        var segment = slash < 0 ? rest : rest[..slash];
        var after = rest[segment.Length..];
        if (node.FindLiteral(segment) is { } literal)
        {
            Find(literal, after, shape, ref matches);
        }

        if (node.Variable is { } variable && !segment.IsEmpty)
        {
            Find(variable, after, shape, ref matches);
        }
    }

    /// <summary>A parameter that covers a literal tells operations apart by itself, so here it covers variables only.</summary>
    private static void Follow(PathNode node, RouteShape shape, int place, bool sharesLiteral, ref Matches matches)
    {
        var isComplete = place >= shape.Segments.Count;
        if (isComplete && shape.Owns(sharesLiteral))
        {
            foreach (var operation in node.Operations)
            {
                matches.Add(operation, isOwnMethod: true);
            }
        }

        if (!isComplete && shape.Segments[place].Literal is { } text && node.FindLiteral(text) is { } literal)
        {
            Follow(literal, shape, place + 1, sharesLiteral: true, ref matches);
        }

        if (node.Variable is { } variable && (!isComplete || shape.HasCatchAll))
        {
            Follow(variable, shape, place + 1, sharesLiteral, ref matches);
        }
    }
}
