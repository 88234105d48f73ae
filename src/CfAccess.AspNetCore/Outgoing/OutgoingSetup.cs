using CfAccess.AspNetCore.Backchannel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Outgoing;

/// <summary>Makes a client fit to prove who calls.</summary>
internal static class OutgoingSetup
{
    public static IHttpClientBuilder AddProof(
        this IHttpClientBuilder builder,
        IReadOnlyList<string> origins,
        string[] secretHeaders,
        Func<IServiceProvider, AllowedOrigins, ProvingHandler> create,
        Action<IServiceProvider>? check = null)
    {
        var client = builder.Name;
        List<Uri> named = [.. origins.Select(AllowedOrigins.Parse)];

        // After all that the application configures: a primary handler that it sets later is the one that counts.
        builder.Services.KeepOutOfLog(client, secretHeaders);
        builder.Services.PostConfigure<HttpClientFactoryOptions>(
            client, settings => settings.HttpMessageHandlerBuilderActions.Add(handlers =>
            {
                KeepNothing(handlers.PrimaryHandler);
                handlers.PrimaryHandler = BelowLog(handlers.PrimaryHandler, create(handlers.Services, OriginsOf(handlers.Services)));
            }));
        builder.Services.AddSingleton<IHostedService>(services => new StartCheck(services, scoped =>
        {
            OriginsOf(scoped);
            check?.Invoke(scoped);
        }));
        return builder;

        AllowedOrigins OriginsOf(IServiceProvider services) => AllowedOrigins.Of(
            client, services.GetRequiredService<IOptionsMonitor<HttpClientFactoryOptions>>().Get(client), named);
    }

    /// <summary>
    /// A redirect below would take the headers anywhere; a cookie of one answer, such as <c>CF_Authorization</c>, would make the next request
    /// another person's.
    /// </summary>
    private static void KeepNothing(HttpMessageHandler handler)
    {
        while (handler is DelegatingHandler { InnerHandler: { } inner })
        {
            handler = inner;
        }

        switch (handler)
        {
            case SocketsHttpHandler { AllowAutoRedirect: true } or SocketsHttpHandler { UseCookies: true }:
                var sockets = (SocketsHttpHandler)handler;
                (sockets.AllowAutoRedirect, sockets.UseCookies) = (false, false);
                break;
            case HttpClientHandler { AllowAutoRedirect: true } or HttpClientHandler { UseCookies: true }:
                var client = (HttpClientHandler)handler;
                (client.AllowAutoRedirect, client.UseCookies) = (false, false);
                break;
            default:
                break;
        }
    }

    /// <summary>
    /// The log of a client redacts headers in the text of an event, but not in its state, so what proves who calls is added below it. What was
    /// added first stays above what was added later.
    /// </summary>
    private static HttpMessageHandler BelowLog(HttpMessageHandler primary, ProvingHandler added)
    {
        if (primary is not ProvingHandler last)
        {
            added.InnerHandler = primary;
            return added;
        }

        while (last.InnerHandler is ProvingHandler next)
        {
            last = next;
        }

        added.InnerHandler = last.InnerHandler!;
        last.InnerHandler = added;
        return primary;
    }

    /// <summary>Lets a client that knows no origin or no token stop the start, in place of its first call.</summary>
    private sealed class StartCheck(IServiceProvider services, Action<IServiceProvider> check) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            var scope = services.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                check(scope.ServiceProvider);
            }
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
