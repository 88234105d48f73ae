namespace CfAccess.ApiShield.Operations;

/// <summary>Finds the operations that a request can mean, in a time that grows with its path and not with their number.</summary>
internal sealed class OperationIndex
{
    private readonly Dictionary<string, HostEntry> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly HostNode? _hostsWithVariables;

    public OperationIndex(ApiShieldMatching matching, IEnumerable<SavedOperation> operations)
    {
        Matching = matching;
        foreach (var operation in operations)
        {
            if (operation.Host.HasVariables)
            {
                (_hostsWithVariables ??= new HostNode()).At(operation.Host, matching).Add(operation);
            }
            else
            {
                Literal(operation.Host.Text).Add(operation);
            }
        }
    }

    public ApiShieldMatching Matching { get; }

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

    private HostEntry Literal(string host)
    {
        if (!_hosts.TryGetValue(host, out var entry))
        {
            _hosts.Add(host, entry = new HostEntry(Matching));
        }

        return entry;
    }
}
