using System.Net;
using System.Net.Http.Headers;
using CfAccess.Shared.Http;

namespace CfAccess.Http.Sending;

/// <summary>
/// Sends a credential with each request, to allowed origins only. It follows redirects itself and checks each target, because a handler below would send
/// every header to the target of a redirect.
/// </summary>
/// <param name="origins">The origins that may receive the credential.</param>
/// <param name="headerNames">The names of the headers that the credential may set.</param>
/// <param name="credential">The credential.</param>
internal sealed class CredentialHandler(AllowedOrigins origins, IReadOnlyList<string> headerNames, CloudflareAccessCredential credential) : DelegatingHandler
{
    private const string UserAgentHeader = "User-Agent";
    private const string SetCookieHeader = "Set-Cookie";
    private const string SessionCookie = "CF_Authorization=";
    private const string LoginPath = "/cdn-cgi/access/login";

    /// <summary>The default of <see cref="SocketsHttpHandler.MaxAutomaticRedirections"/>.</summary>
    private const int MaxRedirects = 50;

    /// <summary>Set while a handler of this type above follows the redirects of the request. Every such handler checks every target.</summary>
    private static readonly HttpRequestOptionsKey<bool> IsFollowed = new("CfAccess.IsFollowed");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Options.TryGetValue(IsFollowed, out _))
        {
            return await SendOnceAsync(request, cancellationToken).ConfigureAwait(false);
        }

        request.Options.Set(IsFollowed, true);
        var hasUserAgent = request.Headers.Contains(UserAgentHeader);
        if (!hasUserAgent)
        {
            request.Headers.UserAgent.Add(UserAgent.Value);
        }

        try
        {
            for (var redirects = 0; ; redirects++)
            {
                var response = await SendOnceAsync(request, cancellationToken).ConfigureAwait(false);
                if (redirects == MaxRedirects || TargetOf(request, response) is not { } target)
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
                request.Headers.Remove(UserAgentHeader);
            }
        }
    }

    /// <exception cref="NotSupportedException">Always.</exception>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This client sends its credential in asynchronous calls only. Use SendAsync.");

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { } sent || !origins.Contains(sent))
        {
            throw new AccessCallException(
                $"The request goes to {NameOf(request.RequestUri)}, which may not receive the credential of this client. Add the origin where the client "
                + "is registered, or use another client for it.");
        }

        foreach (var name in headerNames)
        {
            request.Headers.Remove(name);
        }

        HttpResponseMessage response;
        try
        {
            foreach (var (name, value) in credential.GetHeaders())
            {
                if (!IsHeaderValue(value) || !request.Headers.TryAddWithoutValidation(Declared(name), value))
                {
                    throw new InvalidOperationException(
                        $"The credential {credential.GetType().Name} sets the header {name} to a value that a header cannot contain.");
                }
            }

            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (var name in headerNames)
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
                : $"The handler below followed a redirect to {NameOf(arrived)} and sent the credential there. Set AllowAutoRedirect to "
                    + "false on the primary handler of this client; allowed redirects are followed without it.");
        }

        return response;
    }

    private string Declared(string name) => headerNames.Contains(name, StringComparer.OrdinalIgnoreCase)
        ? name
        : throw new InvalidOperationException(
            $"The credential {credential.GetType().Name} sets the header {name}, which AddCloudflareAccessCredential was not called with. Add the name, so "
            + "that logs redact the header.");

    /// <summary>Printable ASCII. The exceptions of .NET contain the value, which is a secret.</summary>
    private static bool IsHeaderValue(string? value) => value is { Length: > 0 } && value.All(character => character is >= ' ' and <= '~');

    /// <summary>Removes the session of the caller that Access may set. Nobody uses it, and the log of a client would contain it in its state.</summary>
    private static void DropSession(HttpResponseHeaders headers)
    {
        if (headers.TryGetValues(SetCookieHeader, out var cookies)
            && cookies.ToList() is var all
            && all.RemoveAll(cookie => cookie.StartsWith(SessionCookie, StringComparison.Ordinal)) > 0)
        {
            headers.Remove(SetCookieHeader);
            headers.TryAddWithoutValidation(SetCookieHeader, all);
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
                $"The response redirects to {NameOf(target)}, which may not receive the credential of this client. If the origin is yours, add it where "
                + "the client is registered.");
        }
    }

    private string LoginMessage(Uri login) =>
        $"The response is the login page of {login.Host} instead of the application: no policy of Access allows this caller. {credential.LoginPageAdvice}".TrimEnd();

    private static bool IsLogin(Uri? uri) => uri?.AbsolutePath.StartsWith(LoginPath, StringComparison.OrdinalIgnoreCase) == true;

    private static string NameOf(Uri? uri) => uri is { IsAbsoluteUri: true } ? WebOrigin.From(uri) : "an address that is not absolute";

    private static Uri? TargetOf(HttpRequestMessage request, HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect
            or HttpStatusCode.PermanentRedirect when response.Headers.Location is { } location
                && Uri.TryCreate(request.RequestUri, location, out var target) => target,
        _ => null,
    };

    /// <summary>Changes the request as <see cref="SocketsHttpHandler"/> does. Source: RFC 9110, sections 15.4.2 to 15.4.9.</summary>
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
