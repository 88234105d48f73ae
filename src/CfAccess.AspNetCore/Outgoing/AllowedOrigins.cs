using Microsoft.Extensions.Http;

namespace CfAccess.AspNetCore.Outgoing;

/// <summary>Where a client may send what proves who calls: scheme, host and port.</summary>
internal sealed class AllowedOrigins
{
    private readonly HashSet<string> _origins;

    private AllowedOrigins(IEnumerable<Uri> origins) =>
        _origins = origins.Select(OriginOf).ToHashSet(StringComparer.Ordinal);

    public bool Contains(Uri uri) => uri.IsAbsoluteUri && _origins.Contains(OriginOf(uri));

    /// <summary>Reads an origin that code names.</summary>
    /// <exception cref="ArgumentException">It is none, or a token would be read on its way there.</exception>
    public static Uri Parse(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" } && IsPrivate(uri)
            ? uri
            : throw new ArgumentException(
                $"'{origin}' is no origin that a token may be sent to. Write https://host or https://host:port; http only on this machine.",
                nameof(origin));

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
            var address when IsPrivate(address) => new AllowedOrigins(named.Append(address)),
            var address => throw new InvalidOperationException(
                $"The base address of the HTTP client '{client}', {OriginOf(address)}, is not https: whoever is on the way would read what proves "
                + "who calls. Write https; http only on this machine."),
        };
    }

    public static string OriginOf(Uri uri) => uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>Whether nobody on the way can read, or speak for it: https, or this machine.</summary>
    public static bool IsPrivate(Uri uri) =>
        uri.Scheme == Uri.UriSchemeHttps
        || (uri.Scheme == Uri.UriSchemeHttp && (uri.IsLoopback || uri.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)));
}
