namespace CfAccess.ApiShield.Operations;

/// <summary>A place in the tree of path templates.</summary>
internal sealed class PathNode(ApiShieldMatching matching)
{
    private readonly Dictionary<string, PathNode> _literals =
        new(matching == ApiShieldMatching.Origin ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    public PathNode? Variable { get; private set; }

    public IEnumerable<PathNode> Literals => _literals.Values;

    /// <summary>The operations whose template ends here.</summary>
    public SavedOperation[] Operations { get; private set; } = [];

    public void Add(SavedOperation operation)
    {
        var node = this;
        foreach (var segment in operation.Path.Segments)
        {
            // A last empty segment is a trailing slash, which routing ignores.
            node = segment is "" && matching == ApiShieldMatching.Origin ? node : node.Child(segment);
        }

        node.Operations = [.. node.Operations, operation];
    }

    /// <summary>Finds what matches the rest of a path.</summary>
    /// <param name="rest">What follows the last slash that was read.</param>
    /// <param name="isOwnMethod">False for a <c>GET</c> that stands in for a <c>HEAD</c>.</param>
    /// <param name="matches">Takes what is found.</param>
    public void Find(ReadOnlySpan<char> rest, bool isOwnMethod, ref Matches matches)
    {
        if (rest.IsEmpty && matching == ApiShieldMatching.Origin)
        {
            Take(isOwnMethod, ref matches);
            return;
        }

        var slash = rest.IndexOf('/');
        var segment = slash < 0 ? rest : rest[..slash];
        if (FindLiteral(segment) is { } literal)
        {
            literal.Go(rest, slash, isOwnMethod, ref matches);
        }

        if (Variable is not null && !segment.IsEmpty)
        {
            Variable.Go(rest, slash, isOwnMethod, ref matches);
        }
    }

    public PathNode? FindLiteral(ReadOnlySpan<char> segment) =>
        _literals.Count > 0 && _literals.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(segment, out var literal) ? literal : null;

    private void Go(ReadOnlySpan<char> rest, int slash, bool isOwnMethod, ref Matches matches)
    {
        if (slash < 0)
        {
            Take(isOwnMethod, ref matches);
        }
        else
        {
            Find(rest[(slash + 1)..], isOwnMethod, ref matches);
        }
    }

    private void Take(bool isOwnMethod, ref Matches matches)
    {
        foreach (var operation in Operations)
        {
            matches.Add(operation, isOwnMethod);
        }
    }

    private PathNode Child(string? segment)
    {
        if (segment is null)
        {
            return Variable ??= new PathNode(matching);
        }

        if (!_literals.TryGetValue(segment, out var child))
        {
            _literals.Add(segment, child = new PathNode(matching));
        }

        return child;
    }
}
