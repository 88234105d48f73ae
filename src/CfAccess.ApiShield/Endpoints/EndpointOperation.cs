using CfAccess.ApiShield.Operations;

namespace CfAccess.ApiShield.Endpoints;

/// <summary>An operation that an endpoint has to do with.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="BaseLength">How many of its first segments the route does not have. They are then the application's path base.</param>
internal readonly record struct EndpointOperation(SavedOperation Operation, int BaseLength)
{
    /// <summary>Whether a path base is exactly the first segments of the operation that the route does not have.</summary>
    /// <param name="pathBase">The path base, or the end of one; empty for none.</param>
    public bool IsBelow(ReadOnlySpan<char> pathBase)
    {
        for (var place = BaseLength - 1; place >= 0; place--)
        {
            var slash = pathBase.LastIndexOf('/');
            if (slash < 0 || !Covers(Operation.Path.Segments[place], pathBase[(slash + 1)..]))
            {
                return false;
            }

            pathBase = pathBase[..slash];
        }

        return pathBase.IsEmpty;
    }

    private static bool Covers(string? segment, ReadOnlySpan<char> text) =>
        segment is null ? !text.IsEmpty : text.Equals(segment, StringComparison.OrdinalIgnoreCase);
}
