using System.Net.Http.Headers;
using CfAccess.Shared.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Backchannel;

/// <summary>The named clients by which the library calls a team domain.</summary>
internal static class AccessHttpClients
{
    /// <summary>
    /// Adds a client that keeps nothing of one call for the next. A cookie that one answer sets would be another person's in the next
    /// request; a redirect would take a token elsewhere.
    /// </summary>
    public static IHttpClientBuilder AddAccessHttpClient(this IServiceCollection services, string name, int maximumConnections = int.MaxValue)
    {
        services.RedactLoggedHeaders(name, "Cookie");
        return services.AddHttpClient(name, client =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.DefaultRequestHeaders.UserAgent.Add(UserAgent.Value);
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                MaxConnectionsPerServer = maximumConnections,
                Proxy = new LoopbackBypass(),

                // Trace context and baggage are headers that a client may have chosen.
                ActivityHeadersPropagator = null,
            })

            // The library logs each fetch in one line. The client's own lines would repeat it with a stack trace, and redaction keeps a token out of
            // the text of an event, but not out of its state.
            .RemoveAllLoggers();
    }

    /// <summary>Creates a GET request for JSON with the HTTP version of the client. A request has its own version, which wins over the client's.</summary>
    public static HttpRequestMessage CreateGet(this HttpClient client, Uri url)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url)
        {
            Version = client.DefaultRequestVersion,
            VersionPolicy = client.DefaultVersionPolicy,
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return request;
    }
}
