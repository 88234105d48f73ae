using System.Net;

namespace CfAccess.Emulator.Setup;

/// <summary>An address of the application.</summary>
/// <param name="Url">The address as a client on this machine writes it, without a slash at the end.</param>
/// <param name="IsForHttp2Only">Whether it takes HTTP/2 without TLS and nothing else, as a gRPC service does. No browser speaks that.</param>
internal sealed record ListeningAddress(string Url, bool IsForHttp2Only = false)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly string[] AnyAddress = ["://[::]", "://0.0.0.0", "://+", "://*"];

    /// <summary>How <c>curl</c> is called for it.</summary>
    public string Curl => IsForHttp2Only ? "curl --http2-prior-knowledge" : "curl";

    public static ListeningAddress From(string listening) =>
        new(AnyAddress.Aggregate(listening, (text, any) => text.Replace(any, "://localhost", StringComparison.Ordinal)));

    /// <summary>Finds the first address that a browser can open, or the first of all.</summary>
    /// <param name="listening">The addresses that the server names; at least one.</param>
    /// <param name="clock">The clock of the time limit.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public static async Task<ListeningAddress> FindAsync(IEnumerable<string> listening, TimeProvider clock, CancellationToken cancellationToken)
    {
        List<ListeningAddress> all = [.. listening.Select(From)];
        foreach (var address in all)
        {
            if (!await IsHttp2OnlyAsync(address.Url, clock, cancellationToken).ConfigureAwait(false))
            {
                return address;
            }
        }

        return all[0] with { IsForHttp2Only = true };
    }

    /// <summary>The server does not say which versions of HTTP an address takes. Kestrel responds 400 to HTTP/1.1 where it takes HTTP/2 only.</summary>
    private static async Task<bool> IsHttp2OnlyAsync(string url, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url + AccessPaths.Certs, UriKind.Absolute, out var certs) || certs.Scheme != Uri.UriSchemeHttp)
        {
            return false;
        }

        using var timeout = new CancellationTokenSource(Patience, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ActivityHeadersPropagator = null };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            using var response = await client.GetAsync(certs, HttpCompletionOption.ResponseHeadersRead, linked.Token).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.BadRequest;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            // The banner says what is usual then.
            return false;
        }
    }
}
