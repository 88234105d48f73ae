using System.Net;
using System.Text;

namespace CfAccess.Testing;

/// <summary>
/// An endpoint of a team that responds as a test says, and counts its requests. As a message handler, it replaces the network;
/// <see cref="LoopbackKeysEndpoint"/> serves it on a socket.
/// </summary>
public abstract class TestEndpoint : HttpMessageHandler
{
    private const string Json = "application/json";

    private readonly Signal _received = new();

    /// <summary>How the endpoint responds to the next requests.</summary>
    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Answer { get; set; } =
        (request, _) => Task.FromResult(Response(request, string.Empty));

    public int Count => _received.Count;

    /// <summary>Waits until this number of requests has arrived in total.</summary>
    public Task ReceivedAsync(int count) => _received.ReachedAsync(count);

    public static HttpResponseMessage Response(
        HttpRequestMessage request, string body, HttpStatusCode status = HttpStatusCode.OK, string contentType = Json) =>
        Response(request, Encoding.UTF8.GetBytes(body), status, contentType);

    public void AnswerWith(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        Answer = (request, _) => Task.FromResult(Response(request, body, status));

    public void AnswerWith(int status, string body, string contentType = Json) =>
        Answer = (request, _) => Task.FromResult(Response(request, body, (HttpStatusCode)status, contentType));

    /// <summary>Responds with bytes as they are.</summary>
    public void AnswerWith(byte[] body, string contentType = Json) =>
        Answer = (request, _) => Task.FromResult(Response(request, body, HttpStatusCode.OK, contentType));

    public void RedirectTo(string url) => Answer = (request, _) =>
    {
        var response = Response(request, string.Empty, HttpStatusCode.Found);
        response.Headers.Location = new Uri(url);
        return Task.FromResult(response);
    };

    /// <summary>Breaks the connection without a response.</summary>
    public void Fail() => Answer = (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError);

    /// <summary>Takes the request and never responds.</summary>
    public void Hang() => Answer = async (_, cancellationToken) =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        throw new InvalidOperationException("Never.");
    };

    /// <summary>Sends one byte of the body and then nothing, which looks like one byte a second on a clock that does not move.</summary>
    public void Drip() => Send(1, length: null, ends: false);

    /// <summary>Announces a length, and sends nothing of the body.</summary>
    public void Announce(int length) => Send(0, length, ends: false);

    /// <summary>Sends more than anyone should read, with or without its length.</summary>
    public void SendMegabytes(int count, bool tellsLength = false)
    {
        var size = (long)count * 1024 * 1024;
        Send(size, tellsLength ? size : null, ends: true);
    }

    /// <summary>Holds every response back until the test completes the returned source.</summary>
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

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Receive(request);
        _received.Raise();
        return Answer(request, cancellationToken);
    }

    /// <summary>Stores what tests look at in a request.</summary>
    protected abstract void Receive(HttpRequestMessage request);

    private static HttpResponseMessage Response(HttpRequestMessage request, byte[] body, HttpStatusCode status, string contentType) =>
        Response(request, new ByteArrayContent(body), status, contentType);

    private static HttpResponseMessage Response(HttpRequestMessage request, HttpContent content, HttpStatusCode status, string contentType)
    {
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return new HttpResponseMessage(status) { RequestMessage = request, Content = content };
    }

    private void Send(long size, long? length, bool ends) => Answer = (request, _) =>
    {
        var response = Response(request, new StreamContent(new SpaceStream(size, ends)), HttpStatusCode.OK, Json);
        response.Content.Headers.ContentLength = length;
        return Task.FromResult(response);
    };

    /// <summary>A number of spaces, followed by the end or by an endless wait.</summary>
    private sealed class SpaceStream(long size, bool ends) : MemoryStream
    {
        private long _left = size;

        /// <summary>The length is not known.</summary>
        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_left == 0 && !ends)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            var count = (int)Math.Min(_left, buffer.Length);
            buffer.Span[..count].Fill((byte)' ');
            _left -= count;
            return count;
        }
    }
}
