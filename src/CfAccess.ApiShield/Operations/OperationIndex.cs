namespace CfAccess.ApiShield.Operations;

/// <summary>Finds the operations that a request can mean, in a time that grows with its path and not with their number.</summary>
internal sealed class OperationIndex
{
    private readonly Dictionary<string, HostEntry> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly HostNode? _hostsWithVariables;
    private readonly HostEntry? _allHosts;

    public OperationIndex(ApiShieldMatching matching, IEnumerable<SavedOperation> operations)
    {
        Matching = matching;
        operations = [.. operations];
        HashSet<HostEntry> entries = [];
        var hasOneHost = operations.Select(operation => operation.Host.Text).Distinct(StringComparer.Ordinal).Take(2).Count() < 2;
        _allHosts = matching == ApiShieldMatching.Edge || hasOneHost ? null : new HostEntry(matching);
        foreach (var operation in operations)
        {
            _allHosts?.Add(operation);
            var entry = operation.Host.HasVariables
                ? (_hostsWithVariables ??= new HostNode()).At(operation.Host, matching)
                : Literal(operation.Host.Text);
            entry.Add(operation);
            entries.Add(entry);
        }

        Trees = [.. entries.SelectMany(entry => entry.Methods.Select(paths => (paths.Key, paths.Value)))];
    }

    public ApiShieldMatching Matching { get; }

    /// <summary>The paths of the operations, for each host and method.</summary>
    public (string Method, PathNode Paths)[] Trees { get; }

    /// <param name="method">The request's method.</param>
    /// <param name="host">The request's host without its port.</param>
    /// <param name="path">The request's whole path, decoded as the server does it.</param>
    /// <param name="matches">Takes what is found.</param>
    /// <returns>Whether an operation names the host.</returns>
    public bool Find(string method, ReadOnlySpan<char> host, ReadOnlySpan<char> path, ref Matches matches)
    {
        var rest = path is ['/', .. var tail] ? tail : path;
        var isKnown = _hosts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(host, out var literal);
        literal?.Find(method, rest, ref matches);
        return (_hostsWithVariables is not null && _hostsWithVariables.Find(host, method, rest, ref matches)) || isKnown;
    }

    /// <summary>Finds operations of any host, for routing that ignores it. None with <see cref="ApiShieldMatching.Edge"/>.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="path">The request's whole path, decoded as the server does it.</param>
    /// <param name="matches">Takes what is found.</param>
    public void FindAnywhere(string method, ReadOnlySpan<char> path, ref Matches matches) =>
        _allHosts?.Find(method, path is ['/', .. var tail] ? tail : path, ref matches);

    private HostEntry Literal(string host)
    {
        if (!_hosts.TryGetValue(host, out var entry))
        {
            _hosts.Add(host, entry = new HostEntry(Matching));
        }

        return entry;
    }
}
