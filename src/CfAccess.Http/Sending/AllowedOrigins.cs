using CfAccess.Shared.Http;
using Microsoft.Extensions.Http;

namespace CfAccess.Http.Sending;

/// <summary>The origins that may receive the credential of a client: scheme, host, and port.</summary>
internal sealed class AllowedOrigins
{
    private const string PlainHttpRule = "Plain http is allowed only to a loopback address or to localhost, such as http://localhost:5000.";

    private readonly HashSet<string> _origins;

    private AllowedOrigins(IEnumerable<Uri> origins)
    {
        List<Uri> all = [.. origins];
        _origins = all.Select(WebOrigin.From).ToHashSet(StringComparer.Ordinal);
        HasPlainHttp = all.Exists(origin => origin.Scheme == Uri.UriSchemeHttp);
    }

    /// <summary>Whether an origin has no TLS, so that a proxy could read the credential.</summary>
    public bool HasPlainHttp { get; }

    public bool Contains(Uri uri) => uri.IsAbsoluteUri && _origins.Contains(WebOrigin.From(uri));

    /// <summary>Reads an origin from code.</summary>
    /// <exception cref="ArgumentException">It is not an origin, or others on the network could read a credential that is sent to it.</exception>
    public static Uri Parse(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" }
        && PrivateTransport.Protects(uri)
            ? uri
            : throw new ArgumentException(
                $"'{origin}' is not an origin that a token may be sent to. Write https://host or https://host:port. {PlainHttpRule}", nameof(origin));

    /// <summary>Combines the named origins with the origin of the client's base address.</summary>
    /// <exception cref="InvalidOperationException">There is no origin, or the base address is not private.</exception>
    public static AllowedOrigins Create(string client, HttpClientFactoryOptions settings, IReadOnlyList<Uri> named)
    {
        // A handler does not know its client, so a client is configured and discarded to read the base address.
        using var probe = new HttpClient();
        foreach (var action in settings.HttpClientActions)
        {
            action(probe);
        }

        return probe.BaseAddress switch
        {
            null when named.Count == 0 => throw new InvalidOperationException(
                $"HTTP client '{client}' has Access credentials but no allowed origin. Set its BaseAddress in AddHttpClient, or pass an origin to "
                + "AddCloudflareAccessServiceToken, AddCloudflareAccessUser, or AddCloudflareAccessCredential, such as https://warehouse.example.com."),
            null => new AllowedOrigins(named),
            var address when PrivateTransport.Protects(address) => new AllowedOrigins(named.Append(address)),
            var address => throw new InvalidOperationException(
                $"The base address of the HTTP client '{client}', {WebOrigin.From(address)}, is not https, so others on the network could read the "
                + $"credentials. Write https. {PlainHttpRule}"),
        };
    }
}
