using Microsoft.AspNetCore.Http;

namespace CfAccess.ApiShield.Operations;

/// <summary>The operations of one host, by method.</summary>
internal sealed class HostEntry(ApiShieldMatching matching)
{
    public Dictionary<string, PathNode> Methods { get; } =
        new(matching == ApiShieldMatching.Origin ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    public void Add(SavedOperation operation)
    {
        if (!Methods.TryGetValue(operation.Document.Method, out var root))
        {
            Methods.Add(operation.Document.Method, root = new PathNode(matching));
        }

        root.Add(operation);
    }

    public void Find(string method, ReadOnlySpan<char> path, ref Matches matches)
    {
        if (Methods.TryGetValue(method, out var root))
        {
            root.Find(path, isOwnMethod: true, ref matches);
        }

        if (matching == ApiShieldMatching.Origin && HttpMethods.IsHead(method) && Methods.TryGetValue(HttpMethods.Get, out var get))
        {
            get.Find(path, isOwnMethod: false, ref matches);
        }
    }
}
