using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore.Tests.Outgoing;

/// <summary>Another application, on a socket: keeps what it was sent, answers as a test tells it, and sets a cookie each time.</summary>
internal sealed class OtherApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtherApp(WebApplication app) => _app = app;

    public ConcurrentQueue<(string Method, string Path, string? ClientId, string? Secret, string? Token, string? Cookie)> Received { get; } = [];

    /// <summary>The <c>User-Agent</c> of each request. Empty if it is missing.</summary>
    public ConcurrentQueue<string> UserAgents { get; } = [];

    /// <summary>Where paths lead.</summary>
    public Dictionary<string, (int Status, string Location)> Redirects { get; } = [];

    public Uri Address => new(_app.Urls.Single());

    public static async Task<OtherApp> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var other = new OtherApp(builder.Build());
        other._app.Run(other.AnswerAsync);
        await other._app.StartAsync();
        return other;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        Received.Enqueue((
            request.Method,
            request.Path,
            request.Headers["CF-Access-Client-Id"],
            request.Headers["CF-Access-Client-Secret"],
            request.Headers["Cf-Access-Token"],
            request.Headers.Cookie));
        UserAgents.Enqueue(request.Headers.UserAgent.ToString());
        response.Headers.SetCookie = "CF_Authorization=of-somebody; Path=/";
        if (!Redirects.TryGetValue(request.Path, out var redirect))
        {
            return response.WriteAsync("reached");
        }

        response.StatusCode = redirect.Status;
        response.Headers.Location = redirect.Location;
        return Task.CompletedTask;
    }
}
