using System.Text.Json;
using CfAccess.ApiShield.Operations;

namespace CfAccess.ApiShield.Documents;

/// <summary>Reads operations.</summary>
internal static class OperationReader
{
    /// <summary>The methods that operations can have.</summary>
    public static readonly IReadOnlyList<string> Methods = ["GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "CONNECT", "PATCH", "TRACE"];

    /// <summary>Reads all operations of a document; the result is whole only if there are no errors.</summary>
    public static IReadOnlyList<SavedOperation> ReadAll(IReadOnlyList<(JsonElement Item, string Pointer)> items, ProblemList problems)
    {
        List<SavedOperation> operations = [];
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var same = new Dictionary<(string, string, string), string>();
        foreach (var (item, pointer) in items)
        {
            if (Read(item, pointer, problems, operations.Count) is not { } read)
            {
                continue;
            }

            operations.Add(read);
            var document = read.Document;
            if (!ids.TryAdd(document.OperationId, pointer))
            {
                problems.Error(JsonPointer.Member(pointer, "operation_id"), $"is that of {ids[document.OperationId]} too. Write another UUID.");
            }

            if (!same.TryAdd((document.Method, document.Host, document.Endpoint), pointer))
            {
                problems.Error(
                    JsonPointer.Member(pointer, "endpoint"),
                    $"makes this the same operation as {same[(document.Method, document.Host, document.Endpoint)]}. Leave one of them out.");
            }
        }

        return operations;
    }

    /// <summary>Reads one operation.</summary>
    /// <param name="item">The JSON.</param>
    /// <param name="pointer">Where it stands.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="index">Its place among the operations.</param>
    /// <param name="hasIdentity">Whether it is one that is saved already; a new one is given its identity afterwards.</param>
    public static SavedOperation? Read(JsonElement item, string pointer, ProblemList problems, int index, bool hasIdentity = true)
    {
        if (ObjectReader.Of(item, pointer, problems) is not { } reader)
        {
            return null;
        }

        var id = reader.Id("operation_id", hasIdentity);
        var method = reader.Text("method", "Write the HTTP method, such as GET.")?.ToUpperInvariant();
        if (method is not null && !Methods.Contains(method))
        {
            reader.Error("method", $"is no method that operations can have. Write one of {string.Join(", ", Methods)}.");
        }

        var host = Template(reader, "host", "Write a host name such as api.example.com.", HostTemplate.Parse);
        var path = Template(reader, "endpoint", "Write a path such as /api/accounts/{var1}.", PathTemplate.Parse);
        var lastUpdated = reader.Time("last_updated");

        // Both belong to answers of the API: features of the operation, and its state in a preview.
        reader.Ignore("features", "state");
        reader.End();
        if ((id is null && hasIdentity) || method is null || host is null || path is null)
        {
            return null;
        }

        var document = new ApiShieldOperation
        {
            OperationId = id ?? string.Empty,
            Method = method,
            Host = host.Text,
            Endpoint = path.Text,
            LastUpdated = lastUpdated,
        };
        return new SavedOperation(index, document, host, path);
    }

    private delegate T? Parser<T>(string text, out string problem);

    private static T? Template<T>(ObjectReader reader, string name, string hint, Parser<T> parse)
        where T : class
    {
        if (reader.Text(name, hint) is not { } text)
        {
            return null;
        }

        var template = parse(text, out var problem);
        if (template is null)
        {
            reader.Error(name, problem);
        }

        return template;
    }
}
