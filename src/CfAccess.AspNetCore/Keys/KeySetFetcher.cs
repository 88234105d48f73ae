using System.Net;
using CfAccess.AspNetCore.Backchannel;
using CfAccess.Shared.Backchannel;

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
            return KeyFetchResult.Failure(KeyFetchOutcome.Unreachable, TransportFailure.Describe(exception));
        }
    }

    private async Task<KeyFetchResult> SendAsync(CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(CloudflareAccessDefaults.KeysHttpClient);
        using var request = client.CreateGet(url);
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

        var body = await ResponseBody.ReadAsync(response.Content, options.MaximumAnswerSize, cancellationToken).ConfigureAwait(false);
        return body is { } json
            ? KeySetParser.Parse(json, options.MaximumKeys)
            : KeyFetchResult.Failure(KeyFetchOutcome.Unusable, $"the answer is larger than {options.MaximumAnswerSize} bytes");
    }
}
