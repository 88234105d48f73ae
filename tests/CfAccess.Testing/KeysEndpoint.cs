using System.Text.Json.Nodes;

namespace CfAccess.Testing;

/// <summary>A key endpoint.</summary>
public class KeysEndpoint : TestEndpoint
{
    private readonly List<Uri> _requests = [];

    public KeysEndpoint(params TestKey[] keys) => Publish(keys);

    public IReadOnlyList<Uri> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public static string Document(params IEnumerable<JsonNode> keys) => new JsonObject { ["keys"] = new JsonArray([.. keys]) }.ToJsonString();

    public void Publish(params TestKey[] keys) => AnswerWith(Document(keys.Select(key => key.ToJwk())));

    /// <summary>Publishes keys at one URL. The response to every other URL stays the same.</summary>
    public void PublishAt(Uri url, params TestKey[] keys)
    {
        var (document, others) = (Document(keys.Select(key => key.ToJwk())), Answer);
        Answer = (request, cancellationToken) =>
            request.RequestUri == url ? Task.FromResult(Response(request, document)) : others(request, cancellationToken);
    }

    protected override void Receive(HttpRequestMessage request)
    {
        lock (_requests)
        {
            _requests.Add(request.RequestUri!);
        }
    }
}
