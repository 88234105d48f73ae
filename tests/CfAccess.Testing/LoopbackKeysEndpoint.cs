using CfAccess.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CfAccess.Testing;

/// <summary>A key endpoint on a socket.</summary>
public sealed class LoopbackKeysEndpoint : KeysEndpoint, IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private TestApp _app = null!;

    private LoopbackKeysEndpoint(TestKey[] keys)
        : base(keys)
    {
    }

    public Uri Origin => _app.Address;

    public Uri CertsUrl => new(Origin, CloudflareAccessDefaults.KeySetPath);

    public static Task<LoopbackKeysEndpoint> StartAsync(params TestKey[] keys) => StartAsync(HttpProtocols.Http1, keys);

    public static async Task<LoopbackKeysEndpoint> StartAsync(HttpProtocols protocols, params TestKey[] keys)
    {
        var endpoint = new LoopbackKeysEndpoint(keys);
        endpoint._app = await TestApp.StartAsync(
            builder => builder.WebHost.ConfigureKestrel(kestrel =>
            {
                kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = protocols);
                kestrel.Limits.MinResponseDataRate = null;
            }),
            app => app.Run(endpoint.ServeAsync),
            listens: true,
            isWatched: false);
        return endpoint;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _app.DisposeAsync();
        _closing.Dispose();
        Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, context.RequestAborted);
        using var request = new HttpRequestMessage(new(context.Request.Method), context.Request.GetEncodedUrl());
        foreach (var (name, values) in context.Request.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }

        try
        {
            using var response = await SendAsync(request, ended.Token);
            context.Response.StatusCode = (int)response.StatusCode;
            foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
            {
                context.Response.Headers.Append(name, values.ToArray());
            }

            await context.Response.Body.FlushAsync(ended.Token);
            await response.Content.CopyToAsync(context.Response.Body, ended.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            context.Abort();
        }
    }
}
