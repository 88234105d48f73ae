namespace CfAccess.ApiShield.Operations;

/// <summary>A place in the tree of hosts that have variables, label by label from the left.</summary>
internal sealed class HostNode
{
    private readonly Dictionary<string, HostNode> _literals = new(StringComparer.OrdinalIgnoreCase);
    private HostNode? _variable;
    private HostEntry? _here;

    public HostEntry At(HostTemplate host, ApiShieldMatching matching)
    {
        var node = this;
        foreach (var label in host.Labels)
        {
            node = node.Child(label);
        }

        return node._here ??= new HostEntry(matching);
    }

    /// <returns>Whether a host of the tree matches.</returns>
    public bool Find(ReadOnlySpan<char> rest, string method, ReadOnlySpan<char> path, ref Matches matches)
    {
        var dot = rest.IndexOf('.');
        var label = dot < 0 ? rest : rest[..dot];
        var isKnown = _literals.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(label, out var literal)
            && literal.Go(rest, dot, method, path, ref matches);
        return (_variable is not null && !label.IsEmpty && _variable.Go(rest, dot, method, path, ref matches)) || isKnown;
    }

    private bool Go(ReadOnlySpan<char> rest, int dot, string method, ReadOnlySpan<char> path, ref Matches matches)
    {
        if (dot >= 0)
        {
            return Find(rest[(dot + 1)..], method, path, ref matches);
        }

        _here?.Find(method, path, ref matches);
        return _here is not null;
    }

    private HostNode Child(string? label)
    {
        if (label is null)
        {
            return _variable ??= new HostNode();
        }

        if (!_literals.TryGetValue(label, out var child))
        {
            _literals.Add(label, child = new HostNode());
        }

        return child;
    }
}
