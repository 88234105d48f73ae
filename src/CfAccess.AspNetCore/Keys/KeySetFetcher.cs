using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;

namespace CfAccess.AspNetCore.Keys;

/// <summary>Fetches the key set of one team, from the one URL that its configuration gives. Every failure becomes a result.</summary>
internal sealed class KeySetFetcher(IHttpClientFactory clients, Uri url, CloudflareAccessKeyOptions options, TimeProvider timeProvider)
{
    public Uri Url => url;

    public async Task<KeyFetchResult> FetchAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.FetchTimeout, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            // A handler that does not heed the time-out is waited for no longer either; what it brings later is dropped.
            return await SendAsync(linked.Token).WaitAsync(linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return KeyFetchResult.Failure(KeyFetchOutcome.Timeout, $"no complete answer within {options.FetchTimeout.TotalSeconds:0.###} s");
        }
        catch (Exception exception)
        {
            // The application may put handlers of its own into the client, which may throw anything.
            return KeyFetchResult.Failure(KeyFetchOutcome.Unreachable, Describe(exception));
        }
    }

    /// <summary>Never the message: it may quote what the other side sent.</summary>
    private static string Describe(Exception exception) =>
        exception is HttpRequestException http ? http.HttpRequestError + CauseOf(http) : exception.GetType().Name;

    private static string CauseOf(Exception exception) => exception.InnerException switch
    {
        SocketException socket => $" ({socket.SocketErrorCode})",
        AuthenticationException => " (TLS)",
        IOException io => CauseOf(io),
        _ => string.Empty,
    };

    private async Task<KeyFetchResult> SendAsync(CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(CloudflareAccessDefaults.KeysHttpClient);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await client
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);

        if (response.StatusCode != HttpStatusCode.OK)
        {
            return KeyFetchResult.Failure(KeyFetchOutcome.Refused, $"the answer is {(int)response.StatusCode}, not 200");
        }

        if (response.RequestMessage?.RequestUri != url)
        {
            return KeyFetchResult.Failure(KeyFetchOutcome.Refused, "the answer is from another URL: a redirect was followed");
        }

        var body = await ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        return body is { } json
            ? KeySetParser.Parse(json, options.MaximumKeys)
            : KeyFetchResult.Failure(KeyFetchOutcome.Unusable, $"the answer is larger than {options.MaximumAnswerSize} bytes");
    }

    /// <returns>The whole body, or nothing if it is larger than allowed.</returns>
    private async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > options.MaximumAnswerSize)
        {
            return null;
        }

        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using var body = new MemoryStream();
            var buffer = new byte[8 * 1024];
            int count;
            while ((count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (body.Length + count > options.MaximumAnswerSize)
                {
                    return null;
                }

                body.Write(buffer, 0, count);
            }

            return body.ToArray();
        }
    }
}
