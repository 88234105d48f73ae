using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CfAccess.AspNetCore;
using CfAccess.Emulator.Endpoints;

namespace CfAccess.Emulator.Backchannel;

/// <summary>
/// Stands in for the network below a named client of the scheme: answers for the emulator's own origin, and leaves every other to the
/// handler that it stands before.
/// </summary>
internal sealed class TeamDomainHandler(AccessEmulator emulator, HttpMessageHandler network) : DelegatingHandler(network)
{
    private readonly TeamEndpoints _endpoints = new(emulator);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { IsAbsoluteUri: true } uri || !IsOwn(uri))
        {
            return base.SendAsync(request, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Message(request, Answer(request, uri)));
    }

    private bool IsOwn(Uri uri) =>
        string.Equals(uri.GetLeftPart(UriPartial.Authority), emulator.Issuer, StringComparison.OrdinalIgnoreCase);

    private TeamAnswer Answer(HttpRequestMessage request, Uri uri) => (request.Method.Method, uri.AbsolutePath) switch
    {
        ("GET", CloudflareAccessDefaults.KeySetPath) => _endpoints.KeySet(),
        ("GET", CloudflareAccessDefaults.IdentityPath) => _endpoints.Identity(CookieHeaders(request), IPAddress.Loopback.ToString()),
        _ => new(404, "text/plain", "The emulator has no such endpoint.\n"),
    };

    private static IEnumerable<string> CookieHeaders(HttpRequestMessage request) =>
        request.Headers.TryGetValues("Cookie", out var values) ? values : [];

    private static HttpResponseMessage Message(HttpRequestMessage request, TeamAnswer answer) => new((HttpStatusCode)answer.Status)
    {
        RequestMessage = request,
        Content = new StringContent(answer.Body, Encoding.UTF8, MediaTypeHeaderValue.Parse(answer.ContentType)),
    };
}
