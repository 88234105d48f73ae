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
                var allowed = OriginsOf(handlers.Services);
                Restrict(handlers.PrimaryHandler, allowed);
                handlers.PrimaryHandler = BelowLog(handlers.PrimaryHandler, create(handlers.Services, allowed));
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
    /// another person's. The default proxy would take plain HTTP for this machine to another machine; a proxy that the application chose stays.
    /// </summary>
    private static void Restrict(HttpMessageHandler handler, AllowedOrigins allowed)
    {
        while (handler is DelegatingHandler { InnerHandler: { } inner })
        {
            handler = inner;
        }

        // Only what has to change is set: a handler that has sent requests rejects every change.
        if (handler is SocketsHttpHandler sockets)
        {
            if (sockets.AllowAutoRedirect || sockets.UseCookies)
            {
                (sockets.AllowAutoRedirect, sockets.UseCookies) = (false, false);
            }

            if (allowed.HasPlainHttp && sockets is { UseProxy: true, Proxy: null })
            {
                sockets.Proxy = new LoopbackBypass();
            }
        }
        else if (handler is HttpClientHandler client)
        {
            if (client.AllowAutoRedirect || client.UseCookies)
            {
                (client.AllowAutoRedirect, client.UseCookies) = (false, false);
            }

            if (allowed.HasPlainHttp && client is { UseProxy: true, Proxy: null })
            {
                client.Proxy = new LoopbackBypass();
            }
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
