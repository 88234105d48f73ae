using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace CfAccess.Testing;

/// <summary>A key endpoint that counts its requests, and answers what a test tells it to. It takes the place of the network.</summary>
public sealed class KeysEndpoint : HttpMessageHandler
{
    private readonly List<Uri> _requests = [];

    public KeysEndpoint(params TestKey[] keys) => Publish(keys);

    /// <summary>How the next requests are answered.</summary>
    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Answer { get; set; } = null!;

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

    public int Count => Requests.Count;

    public static string Document(params IEnumerable<JsonNode> keys) => new JsonObject { ["keys"] = new JsonArray([.. keys]) }.ToJsonString();

    public void Publish(params TestKey[] keys) => AnswerWith(Document(keys.Select(key => key.ToJwk())));

    public void AnswerWith(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        Answer = (request, _) => Task.FromResult(Response(request, body, status));

    public void Fail() => Answer = (_, _) => throw new HttpRequestException("Connection refused");

    /// <summary>Holds every answer back until the test completes what this returns.</summary>
    public TaskCompletionSource Hold()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var then = Answer;
        Answer = async (request, cancellationToken) =>
        {
            await gate.Task.WaitAsync(cancellationToken);
            return await then(request, cancellationToken);
        };
        return gate;
    }

    public static HttpResponseMessage Response(HttpRequestMessage request, string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { RequestMessage = request, Content = new StringContent(body, Encoding.UTF8, "application/json") };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (_requests)
        {
            _requests.Add(request.RequestUri!);
        }

        return Answer(request, cancellationToken);
    }
}
