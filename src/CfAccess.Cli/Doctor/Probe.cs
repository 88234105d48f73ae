using System.Net;
using CfAccess.Shared.Backchannel;
using CfAccess.Shared.Http;

namespace CfAccess.Cli.Doctor;

/// <summary>Asks once, follows no redirect, keeps no cookie, and reads no body.</summary>
internal sealed class Probe(SocketsHttpHandler handler, TimeProvider clock) : IDisposable
{
    /// <summary>Cloudflare puts it on every answer of its own. Source: https://developers.cloudflare.com/fundamentals/reference/cloudflare-ray-id/.</summary>
    private const string CloudflareMark = "CF-RAY";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpMessageInvoker _client = new(Careful(handler));

    /// <param name="url">Where the request goes.</param>
    /// <param name="application">The address of the application as a browser has it.</param>
    /// <param name="headers">Additional headers.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<ProbeAnswer> AskAsync(Uri url, Uri application, (string Name, string Value)[] headers, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Host = application.Authority;
        request.Headers.UserAgent.Add(UserAgent.Value);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var timeout = new CancellationTokenSource(Patience, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await _client.SendAsync(request, linked.Token);
            Uri.TryCreate(application, response.Headers.Location, out var location);
            return new((int)response.StatusCode, location, Trouble: null, response.Headers.Contains(CloudflareMark));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(0, Location: null, $"no answer within {Patience.TotalSeconds:0} s");
        }
        catch (HttpRequestException exception)
        {
            return new(0, Location: null, TransportFailure.Describe(exception));
        }
    }

    public void Dispose() => _client.Dispose();

    private static SocketsHttpHandler Careful(SocketsHttpHandler handler)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.ActivityHeadersPropagator = null;
        handler.AutomaticDecompression = DecompressionMethods.None;
        return handler;
    }
}

/// <summary>What came back: a status and where it leads to, or why nothing did.</summary>
internal readonly record struct ProbeAnswer(int Status, Uri? Location, string? Trouble, bool IsOfCloudflare = false)
{
    public bool IsTls => Trouble?.Contains("TLS", StringComparison.Ordinal) == true || Trouble == nameof(HttpRequestError.SecureConnectionError);
}
