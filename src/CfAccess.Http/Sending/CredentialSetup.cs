using CfAccess.Shared.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace CfAccess.Http.Sending;

/// <summary>Configures an HTTP client to send a credential.</summary>
internal static class CredentialSetup
{
    public static IHttpClientBuilder AddCredential(
        this IHttpClientBuilder builder, IReadOnlyList<string> headerNames, Func<IServiceProvider, CloudflareAccessCredential> create, IReadOnlyList<string> origins)
    {
        var client = builder.Name;
        string[] names = [.. headerNames];
        List<Uri> named = [.. origins.Select(AllowedOrigins.Parse)];

        // Runs after the configuration of the application, which may set a primary handler later.
        builder.Services.RedactLoggedHeaders(client, names);
        builder.Services.PostConfigure<HttpClientFactoryOptions>(
            client, settings => settings.HttpMessageHandlerBuilderActions.Add(handlers =>
            {
                var allowed = OriginsOf(handlers.Services);
                Restrict(handlers.PrimaryHandler, allowed);
                handlers.PrimaryHandler = BelowLog(
                    handlers.PrimaryHandler, new CredentialHandler(allowed, names, create(handlers.Services)));
            }));
        builder.Services.AddSingleton<IHostedService>(services => new StartCheck(services, scoped =>
        {
            OriginsOf(scoped);
            create(scoped).Validate();
        }));
        return builder;

        AllowedOrigins OriginsOf(IServiceProvider services) => AllowedOrigins.Create(
            client, services.GetRequiredService<IOptionsMonitor<HttpClientFactoryOptions>>().Get(client), named);
    }

    /// <summary>
    /// Turns off what would send a credential elsewhere. A redirect below would send the headers to any origin. A cookie of one response, such as
    /// <c>CF_Authorization</c>, would make the next request another person's. The default proxy would send plain HTTP for this machine to another machine;
    /// a proxy that the application chose is kept.
    /// </summary>
    private static void Restrict(HttpMessageHandler handler, AllowedOrigins allowed)
    {
        while (handler is DelegatingHandler { InnerHandler: { } inner })
        {
            handler = inner;
        }

        // Sets only what must change, because a handler that has sent requests rejects every change.
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
    /// Adds the credential below the log of the client, because the log redacts headers in the text of an event, but not in its state. The first credential
    /// stays above later ones.
    /// </summary>
    private static HttpMessageHandler BelowLog(HttpMessageHandler primary, CredentialHandler added)
    {
        if (primary is not CredentialHandler last)
        {
            added.InnerHandler = primary;
            return added;
        }

        while (last.InnerHandler is CredentialHandler next)
        {
            last = next;
        }

        added.InnerHandler = last.InnerHandler!;
        last.InnerHandler = added;
        return primary;
    }

    /// <summary>Stops the start of an application if a client has no origin or no credential, instead of failing its first call.</summary>
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
