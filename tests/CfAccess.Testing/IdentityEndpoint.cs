using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.Testing;

/// <summary>
/// A get-identity endpoint that counts its requests, and answers what a test tells it to: at first the identity of the person in the token,
/// without groups. It takes the place of the network.
/// </summary>
public sealed class IdentityEndpoint : HttpMessageHandler
{
    private const string CookieStart = "CF_Authorization=";

    private readonly Lock _gate = new();
    private readonly List<(Uri Url, string Token)> _requests = [];
    private readonly Signal _received = new();

    public IdentityEndpoint() => Tell();

    /// <summary>How the next requests are answered.</summary>
    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Answer { get; set; } = null!;

    public int Count => _received.Count;

    /// <summary>Where the requests went, and with which tokens.</summary>
    public IReadOnlyList<(Uri Url, string Token)> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Waits until so many requests have arrived, in all.</summary>
    public Task ReceivedAsync(int count) => _received.ReachedAsync(count);

    /// <summary>The identity of the person in a token, as Cloudflare tells it.</summary>
    public static JsonObject Identity(string token) => new()
    {
        ["id"] = "P51Tuu01fWHMBjIBvrCK1lK-eUDWs2aQMv03WDqT5oY",
        ["name"] = "Alice Example",
        ["email"] = PayloadOf(token)["email"]?.DeepClone(),
        ["idp"] = new JsonObject { ["id"] = "f174e90a-fafe-4643-bbbc-4a0ed4fc8415", ["type"] = "okta" },
        ["geo"] = new JsonObject { ["country"] = "NL" },
        ["user_uuid"] = TestTeam.Subject,
        ["account_id"] = "699d98642c564d2e855e9661899b7252",
        ["iat"] = 1772366400,
        ["ip"] = "198.51.100.7",
        ["auth_status"] = "NONE",
        ["common_name"] = string.Empty,
        ["service_token_id"] = string.Empty,
        ["service_token_status"] = false,
        ["is_warp"] = true,
        ["is_gateway"] = false,
        ["gateway_account_id"] = string.Empty,
        ["device_id"] = "d1",
        ["version"] = 2,
        ["devicePosture"] = new JsonObject { ["check-1"] = new JsonObject { ["success"] = true } },
        ["device_sessions"] = new JsonObject(),
        ["oidc_fields"] = new JsonObject { ["level"] = 5 },
    };

    public static JsonObject PayloadOf(string token) =>
        JsonNode.Parse(Base64UrlEncoder.Decode(token.Split('.')[1]))!.AsObject();

    /// <summary>Answers with the identity of the person in the token.</summary>
    public void Tell(Action<JsonObject>? change = null) => Answer = (request, _) =>
    {
        var identity = Identity(TokenOf(request));
        change?.Invoke(identity);
        return Task.FromResult(KeysEndpoint.Response(request, identity.ToJsonString()));
    };

    /// <summary>Answers with these groups.</summary>
    public void TellGroups(string json) => Tell(identity => identity["groups"] = JsonNode.Parse(json));

    public void AnswerWith(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        Answer = (request, _) => Task.FromResult(KeysEndpoint.Response(request, body, status));

    public void Fail() => Answer = (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError);

    /// <summary>Takes the request and never answers.</summary>
    public void Hang() => Answer = async (_, cancellationToken) =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        throw new InvalidOperationException("Never.");
    };

    /// <summary>Answers at once, and with a body that never ends, as one byte a second looks on a clock that stands still.</summary>
    public void Drip() => Answer = (request, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
    {
        RequestMessage = request,
        Content = new StreamContent(new DrippingStream()),
    });

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

    public static string TokenOf(HttpRequestMessage request) => request.Headers.GetValues("Cookie").Single()[CookieStart.Length..];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _requests.Add((request.RequestUri!, TokenOf(request)));
        }

        _received.Raise();
        return Answer(request, cancellationToken);
    }

    private sealed class DrippingStream : MemoryStream
    {
        private bool _hasBegun;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_hasBegun)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            _hasBegun = true;
            return Encoding.ASCII.GetBytes("{", buffer.Span);
        }
    }
}
