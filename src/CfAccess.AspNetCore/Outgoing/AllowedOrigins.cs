using CfAccess.AspNetCore.Backchannel;
using Microsoft.Extensions.Http;

namespace CfAccess.AspNetCore.Outgoing;

/// <summary>Where a client may send what proves who calls: scheme, host and port.</summary>
internal sealed class AllowedOrigins
{
    private const string PlainHttpRule = "Plain http is allowed only to a loopback address or to localhost, such as http://localhost:5000.";

    private readonly HashSet<string> _origins;

    private AllowedOrigins(IEnumerable<Uri> origins)
    {
        List<Uri> all = [.. origins];
        _origins = all.Select(OriginOf).ToHashSet(StringComparer.Ordinal);
        HasPlainHttp = all.Exists(origin => origin.Scheme == Uri.UriSchemeHttp);
    }

    /// <summary>Whether one of them is reached without TLS, so that a proxy could read the token.</summary>
    public bool HasPlainHttp { get; }

    public bool Contains(Uri uri) => uri.IsAbsoluteUri && _origins.Contains(OriginOf(uri));

    /// <summary>Reads an origin that code names.</summary>
    /// <exception cref="ArgumentException">It is not an origin, or others on the network could read a token on its way there.</exception>
    public static Uri Parse(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" }
        && PrivateTransport.Protects(uri)
            ? uri
            : throw new ArgumentException(
                $"'{origin}' is not an origin that a token may be sent to. Write https://host or https://host:port. {PlainHttpRule}", nameof(origin));

    /// <summary>The origins that are named, and that of the client's base address.</summary>
    /// <exception cref="InvalidOperationException">There is none, or the base address is not private.</exception>
    public static AllowedOrigins Of(string client, HttpClientFactoryOptions settings, IReadOnlyList<Uri> named)
    {
        // What sets the client up is asked, and the client thrown away: a handler does not know whose it is.
        using var probe = new HttpClient();
        foreach (var action in settings.HttpClientActions)
        {
            action(probe);
        }

        return probe.BaseAddress switch
        {
            null when named.Count == 0 => throw new InvalidOperationException(
                $"The HTTP client '{client}' is to prove who calls, but it is not told to whom it may. Set its BaseAddress in AddHttpClient, "
                + "or name the origins in AddCloudflareAccessServiceToken or AddCloudflareAccessUser."),
            null => new AllowedOrigins(named),
            var address when PrivateTransport.Protects(address) => new AllowedOrigins(named.Append(address)),
            var address => throw new InvalidOperationException(
                $"The base address of the HTTP client '{client}', {OriginOf(address)}, is not https, so others on the network could read the "
                + $"credentials. Write https. {PlainHttpRule}"),
        };
    }

    public static string OriginOf(Uri uri) => uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
