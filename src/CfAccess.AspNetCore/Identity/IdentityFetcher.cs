using System.Net;
using CfAccess.AspNetCore.Backchannel;
using CfAccess.Shared.Backchannel;

namespace CfAccess.AspNetCore.Identity;

/// <summary>
/// Asks one team who is behind a token that it signed, at the one URL that its configuration gives. Every failure becomes a result.
/// </summary>
internal sealed class IdentityFetcher(
    IHttpClientFactory clients, Uri url, IdentityParser parser, CloudflareAccessIdentityOptions options, TimeProvider timeProvider)
{
    /// <summary>So many calls to a team at a time; further ones wait for their turn within their time-out.</summary>
    public const int MaximumConnections = 100;

    private const string Cookie = "Cookie";

    public async Task<IdentityFetchResult> FetchAsync(string token, string email, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            // A handler that does not heed the time-out is waited for no longer either; what it brings later is dropped.
            return await SendAsync(token, email, linked.Token).WaitAsync(linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return IdentityFetchResult.Failure(
                IdentityFetchOutcome.Timeout, $"no complete answer within {options.Timeout.TotalSeconds:0.###} s");
        }
        catch (Exception exception)
        {
            // The application may put handlers of its own into the client, which may throw anything.
            return IdentityFetchResult.Failure(IdentityFetchOutcome.Unreachable, TransportFailure.Describe(exception));
        }
    }

    private async Task<IdentityFetchResult> SendAsync(string token, string email, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(CloudflareAccessDefaults.IdentityHttpClient);
        using var request = client.CreateGet(url);
        request.Headers.Add(Cookie, $"{CloudflareAccessDefaults.AuthorizationCookie}={token}");
        using var response = await client
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);

        if (response.StatusCode != HttpStatusCode.OK)
        {
            return IdentityFetchResult.Failure(OutcomeOf(response.StatusCode), $"the answer is {(int)response.StatusCode}, not 200");
        }

        if (response.RequestMessage?.RequestUri != url)
        {
            return IdentityFetchResult.Failure(IdentityFetchOutcome.Refused, "the answer is from another URL: a redirect was followed");
        }

        var body = await ResponseBody.ReadAsync(response.Content, options.MaximumAnswerSize, cancellationToken).ConfigureAwait(false);
        return body is { } json
            ? parser.Parse(json, email)
            : IdentityFetchResult.Failure(IdentityFetchOutcome.Unusable, $"the answer is larger than {options.MaximumAnswerSize} bytes");
    }

    private static IdentityFetchOutcome OutcomeOf(HttpStatusCode status) =>
        status is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests
            ? IdentityFetchOutcome.Overloaded
            : IdentityFetchOutcome.Refused;
}
