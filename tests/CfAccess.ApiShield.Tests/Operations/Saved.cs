using CfAccess.ApiShield.Operations;

namespace CfAccess.ApiShield.Tests.Operations;

/// <summary>Operations written as <c>GET api.example.com /accounts/{id}</c>, and what a request finds among them.</summary>
internal sealed class Saved(ApiShieldMatching matching, params string[] operations)
{
    private readonly OperationIndex _index = new(matching, operations.Select(Read));

    /// <summary>The operations that a request can mean, written as they were given.</summary>
    public IEnumerable<string> Find(string method, string host, string path)
    {
        var matches = new Matches(matching);
        _index.Find(method, HostName.Of(host), path, ref matches);
        List<string> found = [];
        for (var index = 0; index < matches.Count; index++)
        {
            found.Add(operations[matches[index].Index]);
        }

        return found.Order(StringComparer.Ordinal);
    }

    public bool Knows(string host)
    {
        var matches = new Matches(matching);
        return _index.Find("GET", HostName.Of(host), "/", ref matches);
    }

    private static SavedOperation Read(string text, int index)
    {
        var parts = text.Split(' ');
        var host = HostTemplate.Parse(parts[1], out var problem).ShouldNotBeNull(problem);
        var path = PathTemplate.Parse(parts[2], out problem).ShouldNotBeNull(problem);
        var document = new ApiShieldOperation
        {
            OperationId = Guid.NewGuid().ToString(),
            Method = parts[0],
            Host = host.Text,
            Endpoint = path.Text,
        };
        return new SavedOperation(index, document, host, path);
    }
}
