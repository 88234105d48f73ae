using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Testing;

/// <summary>A key endpoint on a real socket, that counts its requests and misbehaves as a test tells it to.</summary>
public sealed class LoopbackKeysEndpoint : IAsyncDisposable
{
    private const string Json = "application/json";

    private readonly CancellationTokenSource _closing = new();
    private readonly WebApplication _app;
    private readonly Signal _received = new();

    private LoopbackKeysEndpoint(WebApplication app) => _app = app;

    public Uri Origin => new(_app.Urls.Single());

    public Uri CertsUrl => new(Origin, "/cdn-cgi/access/certs");

    public int Count => _received.Count;

    /// <summary>How requests are answered from now on.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    public static Task<LoopbackKeysEndpoint> StartAsync(params TestKey[] keys) => StartAsync(HttpProtocols.Http1, keys);

    public static async Task<LoopbackKeysEndpoint> StartAsync(HttpProtocols protocols, params TestKey[] keys)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols);
            options.Limits.MinResponseDataRate = null;
        });
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var endpoint = new LoopbackKeysEndpoint(app);
        endpoint.Publish(keys);
        app.Run(context =>
        {
            endpoint._received.Raise();
            return endpoint.Answer(context);
        });
        await app.StartAsync();
        return endpoint;
    }

    /// <summary>Waits until so many requests have arrived, in all.</summary>
    public Task ReceivedAsync(int count) => _received.ReachedAsync(count);

    public void Publish(params TestKey[] keys) => AnswerWith(200, KeysEndpoint.Document(keys.Select(key => key.ToJwk())));

    public void AnswerWith(int status, string body, string contentType = Json) => Answer = context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(body);
    };

    /// <summary>Answers with bytes as they are.</summary>
    public void AnswerWith(byte[] body, string contentType = Json) => Answer = context =>
    {
        context.Response.ContentType = contentType;
        return context.Response.Body.WriteAsync(body).AsTask();
    };

    public void RedirectTo(string url) => Answer = context =>
    {
        context.Response.Redirect(url);
        return Task.CompletedTask;
    };

    /// <summary>Breaks the connection without an answer.</summary>
    public void Break() => Answer = context =>
    {
        context.Abort();
        return Task.CompletedTask;
    };

    /// <summary>Takes the request and never answers.</summary>
    public void Hang() => Answer = context => Never(context);

    /// <summary>Sends a byte of the answer now and then nothing more, as one byte a second looks on a clock that stands still.</summary>
    public void Drip() => Answer = async context =>
    {
        context.Response.ContentType = Json;
        await context.Response.WriteAsync("{");
        await context.Response.Body.FlushAsync();
        await Never(context);
    };

    /// <summary>Says how long the answer will be, and sends nothing of it.</summary>
    public void Announce(int length) => Answer = async context =>
    {
        context.Response.ContentType = Json;
        context.Response.ContentLength = length;
        await context.Response.Body.FlushAsync();
        await Never(context);
    };

    /// <summary>Sends more than anyone should read, and says how much it will be only if told to.</summary>
    public void SendMegabytes(int count, bool tellsLength = false) => Answer = async context =>
    {
        context.Response.ContentType = Json;
        var megabyte = new byte[1024 * 1024];
        context.Response.ContentLength = tellsLength ? (long)count * megabyte.Length : null;
        Array.Fill(megabyte, (byte)' ');
        for (var sent = 0; sent < count && !context.RequestAborted.IsCancellationRequested; sent++)
        {
            await context.Response.Body.WriteAsync(megabyte, context.RequestAborted);
        }
    };

    /// <summary>Holds the present answer back until the test completes what this returns.</summary>
    public TaskCompletionSource Hold()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var then = Answer;
        Answer = async context =>
        {
            await gate.Task.WaitAsync(_closing.Token);
            await then(context);
        };
        return gate;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _app.DisposeAsync();
        _closing.Dispose();
    }

    private async Task Never(HttpContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, context.RequestAborted);
        var never = new TaskCompletionSource();
        await never.Task.WaitAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }
}
