using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CfAccess.EndToEnd.Tests.Browser;

/// <summary>
/// A development server in front of an application, as Vite's with <c>changeOrigin: true</c>: the application sees its own host, not that of the
/// page, and no forwarded headers.
/// </summary>
internal sealed class DevelopmentProxy : TestApp
{
    private readonly HttpClient _target;

    private DevelopmentProxy(Uri target)
        : base(listens: true, isWatched: false)
    {
        _target = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = target };
        App.Run(context => ForwardAsync(context, _target));
    }

    public static Task<DevelopmentProxy> StartAsync(Uri target) => StartAsync(new DevelopmentProxy(target));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _target.Dispose();
    }

    private static async Task ForwardAsync(HttpContext context, HttpClient client)
    {
        using var request = new HttpRequestMessage(new(context.Request.Method), context.Request.Path + context.Request.QueryString);
        request.Content = context.Request.ContentLength > 0 ? new StreamContent(context.Request.Body) : null;
        foreach (var (name, values) in context.Request.Headers.Where(header => header.Key is not ("Host" or "Connection")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
        {
            context.Response.Headers.Append(name, values.ToArray());
        }

        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
