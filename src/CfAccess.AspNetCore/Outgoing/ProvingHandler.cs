using System.Net;
using System.Net.Http.Headers;
using CfAccess.AspNetCore.Backchannel;
using Microsoft.Net.Http.Headers;

namespace CfAccess.AspNetCore.Outgoing;

/// <summary>
/// Sends what proves who calls along with a request, to allowed origins only. Redirects are followed here, each hop looked at: below a handler
/// they would take every header along to wherever they lead.
/// </summary>
internal abstract class ProvingHandler(AllowedOrigins origins, string whatToAllow) : DelegatingHandler
{
    private const string LoginPath = "/cdn-cgi/access/login";

    /// <summary>As <see cref="SocketsHttpHandler.MaxAutomaticRedirections"/> is by default.</summary>
    private const int MaximumRedirects = 50;

    /// <summary>Says that a handler of ours above follows the redirects of this request: each of them looks at each hop.</summary>
    private static readonly HttpRequestOptionsKey<bool> IsFollowed = new("CfAccess.IsFollowed");

    /// <summary>The headers that prove who calls, read anew for each request.</summary>
    protected abstract IEnumerable<(string Name, string Value)> Proof();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Options.TryGetValue(IsFollowed, out _))
        {
            return await SendOnceAsync(request, cancellationToken).ConfigureAwait(false);
        }

        request.Options.Set(IsFollowed, true);
        var hasUserAgent = request.Headers.Contains(HeaderNames.UserAgent);
        if (!hasUserAgent)
        {
            request.Headers.UserAgent.Add(UserAgent.Value);
        }

        try
        {
            for (var redirects = 0; ; redirects++)
            {
                var response = await SendOnceAsync(request, cancellationToken).ConfigureAwait(false);
                if (redirects == MaximumRedirects || TargetOf(request, response) is not { } target)
                {
                    return response;
                }

                var status = response.StatusCode;
                response.Dispose();
                Check(target);
                Redirect(request, status, target);
            }
        }
        finally
        {
            ((IDictionary<string, object?>)request.Options).Remove(IsFollowed.Key);
            if (!hasUserAgent)
            {
                request.Headers.Remove(HeaderNames.UserAgent);
            }
        }
    }

    /// <exception cref="NotSupportedException">Always.</exception>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This client proves who calls in asynchronous calls only. Use SendAsync.");

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { } sent || !origins.Contains(sent))
        {
            throw new AccessCallException(
                $"The request goes to {Named(request.RequestUri)}, where this client may not prove who calls. Name the origin where the client is "
                + "registered, or use another client for it.");
        }

        List<(string Name, string Value)> proof = [.. Proof()];
        foreach (var (name, value) in proof)
        {
            request.Headers.Remove(name);
            request.Headers.Add(name, value);
        }

        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (var (name, _) in proof)
            {
                request.Headers.Remove(name);
            }
        }

        DropSession(response.Headers);
        var arrived = response.RequestMessage?.RequestUri ?? request.RequestUri;
        if (arrived != sent)
        {
            response.Dispose();
            throw new AccessCallException(IsLogin(arrived)
                ? LoginMessage(arrived)
                : $"The handler below followed a redirect to {Named(arrived)} and took along what proves who calls. Set AllowAutoRedirect to "
                    + "false on the primary handler of this client; allowed redirects are followed without it.");
        }

        return response;
    }

    /// <summary>Access may answer with a session for who called. Nobody keeps it, and the log of a client would have it in its state.</summary>
    private static void DropSession(HttpResponseHeaders headers)
    {
        if (headers.TryGetValues(HeaderNames.SetCookie, out var cookies)
            && cookies.ToList() is var all
            && all.RemoveAll(cookie => cookie.StartsWith(CloudflareAccessDefaults.AuthorizationCookie + "=", StringComparison.Ordinal)) > 0)
        {
            headers.Remove(HeaderNames.SetCookie);
            headers.TryAddWithoutValidation(HeaderNames.SetCookie, all);
        }
    }

    private void Check(Uri target)
    {
        if (IsLogin(target))
        {
            throw new AccessCallException(LoginMessage(target));
        }

        if (!origins.Contains(target))
        {
            throw new AccessCallException(
                $"The answer redirects to {Named(target)}, where this client may not prove who calls. Name the origin where the client is "
                + "registered if it is yours.");
        }
    }

    private string LoginMessage(Uri login) =>
        $"Access answered with the login page of {login.Host} in place of the application: no policy lets this caller in. {whatToAllow}";

    private static bool IsLogin(Uri? uri) => uri?.AbsolutePath.StartsWith(LoginPath, StringComparison.OrdinalIgnoreCase) == true;

    private static string Named(Uri? uri) => uri is { IsAbsoluteUri: true } ? AllowedOrigins.OriginOf(uri) : "no absolute address";

    private static Uri? TargetOf(HttpRequestMessage request, HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect
            or HttpStatusCode.PermanentRedirect when response.Headers.Location is { } location
                && Uri.TryCreate(request.RequestUri, location, out var target) => target,
        _ => null,
    };

    /// <summary>As <see cref="SocketsHttpHandler"/> does it. Source: RFC 9110, sections 15.4.2 to 15.4.9.</summary>
    private static void Redirect(HttpRequestMessage request, HttpStatusCode status, Uri target)
    {
        request.RequestUri = target;
        request.Headers.Authorization = null;
        var becomesGet = status switch
        {
            HttpStatusCode.SeeOther => request.Method != HttpMethod.Get && request.Method != HttpMethod.Head,
            HttpStatusCode.MovedPermanently or HttpStatusCode.Found => request.Method == HttpMethod.Post,
            _ => false,
        };
        if (becomesGet)
        {
            request.Method = HttpMethod.Get;
            request.Content = null;
            request.Headers.TransferEncodingChunked = null;
        }
    }
}
