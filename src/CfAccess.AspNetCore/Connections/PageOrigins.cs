using System.Text;
using CfAccess.Shared.Http;
using CfAccess.Shared.Requests;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore.Connections;

/// <summary>
/// Whose pages may send requests to an endpoint: those of the request's own host, and of origins that are named. Source: the Fetch standard,
/// "Origin header", and RFC 6455, section 4.1, by which a browser always tells the origin of the page that opens a WebSocket; Fetch Metadata,
/// "Sec-Fetch-Site", for the requests that have no origin.
/// </summary>
internal sealed class PageOrigins
{
    private const string FetchSite = "Sec-Fetch-Site";

    private readonly HashSet<string> _named;

    /// <exception cref="ArgumentException">One of them is no origin, or one that anybody on the way could speak for.</exception>
    public PageOrigins(IEnumerable<string> named) => _named = named.Select(Parse).ToHashSet(StringComparer.Ordinal);

    public bool Allow(HttpRequest request) => request.Headers.Origin is { Count: > 0 } origins
        ? origins is [{ } origin] && Read(origin) is { } page && (_named.Contains(WebOrigin.From(page)) || IsOwn(page, RequestHost.Of(request)))
        : IsFromNoOtherPage(request.Headers[FetchSite].ToArray());

    /// <summary>Programs that are no browser send nothing; a browser says <c>none</c> where a person typed the address.</summary>
    private static bool IsFromNoOtherPage(string?[] site) => site is [] or ["same-origin"] or ["none"];

    /// <summary>
    /// The scheme is not compared with the request's: TLS often ends before the application. But who is on the way can make a page of plain
    /// http look as if it came from this host.
    /// </summary>
    private static bool IsOwn(Uri page, HostString host) =>
        IsTrustworthy(page)
        && host.HasValue
        && Uri.TryCreate($"{page.Scheme}://{host.Value}", UriKind.Absolute, out var own)
        && WebOrigin.From(own) == WebOrigin.From(page);

    /// <summary>
    /// Whether nobody on the network can speak for the page: https, or this machine. A browser never asks DNS for a name under <c>localhost</c>. Source:
    /// Secure Contexts, "Is origin potentially trustworthy?".
    /// </summary>
    private static bool IsTrustworthy(Uri page) =>
        page.Scheme == Uri.UriSchemeHttps || page.IsLoopback || page.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>Browsers write an origin in one way only; <c>null</c> and whatever else is another's.</summary>
    private static Uri? Read(string origin) =>
        Ascii.IsValid(origin)
        && Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && WebOrigin.From(uri).Equals(origin, StringComparison.OrdinalIgnoreCase)
            ? uri
            : null;

    private static string Parse(string origin) => origin is not null && Read(origin) is { } page && IsTrustworthy(page)
        ? WebOrigin.From(page)
        : throw new ArgumentException(
            $"'{origin}' is no origin whose pages may be let in. Write it as browsers send it, https://host or https://host:port, without a slash "
            + "at the end, other alphabets as xn--; http only on this machine.",
            nameof(origin));
}
