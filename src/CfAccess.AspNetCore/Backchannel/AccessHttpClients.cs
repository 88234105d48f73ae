using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Backchannel;

/// <summary>The named clients by which the library calls a team domain.</summary>
internal static class AccessHttpClients
{
    /// <summary>
    /// Adds a client that keeps nothing of one call for the next. A cookie that one answer sets would be another person's in the next
    /// request; a redirect would take a token elsewhere.
    /// </summary>
    public static void AddAccessHttpClient(this IServiceCollection services, string name, int maximumConnections = int.MaxValue) =>
        services.AddHttpClient(name, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                MaxConnectionsPerServer = maximumConnections,

                // Trace context and baggage are headers that a client may have chosen.
                ActivityHeadersPropagator = null,
            });
}
