using Microsoft.AspNetCore.Http;

namespace CfAccess.ApiShield.Operations;

/// <summary>The operations of one host, by method.</summary>
internal sealed class HostEntry(ApiShieldMatching matching)
{
    private readonly Dictionary<string, PathNode> _methods =
        new(matching == ApiShieldMatching.Origin ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    public void Add(SavedOperation operation)
    {
        if (!_methods.TryGetValue(operation.Document.Method, out var root))
        {
            _methods.Add(operation.Document.Method, root = new PathNode(matching));
        }

        root.Add(operation);
    }

    public void Find(string method, ReadOnlySpan<char> path, ref Matches matches)
    {
        if (_methods.TryGetValue(method, out var root))
        {
            root.Find(path, isOwnMethod: true, ref matches);
        }

        if (matching == ApiShieldMatching.Origin && HttpMethods.IsHead(method) && _methods.TryGetValue(HttpMethods.Get, out var get))
        {
            get.Find(path, isOwnMethod: false, ref matches);
        }
    }
}
