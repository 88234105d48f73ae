using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace CfAccess.ApiShield.Endpoints;

/// <summary>
/// A route with one of the lengths that it can have: <c>/orders/{id?}</c> is <c>/orders/{id}</c> and <c>/orders</c>. Constraints are ignored,
/// so a shape can be wider than the route, but never narrower.
/// </summary>
/// <param name="Segments">The segments. The last can be a catch-all, which then takes at least one segment of a path.</param>
/// <param name="IsShortened">Whether a catch-all was removed from the end.</param>
internal sealed record RouteShape(IReadOnlyList<RouteSegment> Segments, bool IsShortened)
{
    public bool HasCatchAll { get; } = Segments is [.., { IsCatchAll: true }];

    /// <returns>The shapes of a route, the longest first.</returns>
    public static IReadOnlyList<RouteShape> ReadAll(RoutePattern pattern, ParameterPolicyFactory? policies)
    {
        RouteSegment[] whole = [.. pattern.PathSegments.Select(segment => RouteSegment.Read(segment, pattern, policies))];
        List<RouteShape> shapes = [new(whole, IsShortened: false)];
        for (var length = whole.Length - 1; length >= 0 && whole[length].CanBeMissing; length--)
        {
            shapes.Add(new(whole[..length], whole[^1].IsCatchAll));
        }

        return shapes;
    }

    /// <summary>Whether an operation is the route's own, if no parameter of the route covers a literal of the operation.</summary>
    /// <param name="sharesLiteral">Whether both have a literal in the same place.</param>
    public bool Owns(bool sharesLiteral) => !IsShortened && (sharesLiteral || !HasCatchAll);
}
