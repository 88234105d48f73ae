using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Testing;

/// <summary>Another application, on a socket. It records the requests, responds as a test sets, and sets a cookie in each response.</summary>
public sealed class OtherApp : TestApp
{
    private OtherApp()
        : base(listens: true, isWatched: false) => App.Run(AnswerAsync);

    public ConcurrentQueue<(string Method, string Path, string? ClientId, string? Secret, string? Token, string? Cookie)> Received { get; } = [];

    /// <summary>The <c>User-Agent</c> of each request. Empty if it is missing.</summary>
    public ConcurrentQueue<string> UserAgents { get; } = [];

    /// <summary>Where paths lead.</summary>
    public Dictionary<string, (int Status, string Location)> Redirects { get; } = [];

    public static Task<OtherApp> StartAsync() => StartAsync(new OtherApp());

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
