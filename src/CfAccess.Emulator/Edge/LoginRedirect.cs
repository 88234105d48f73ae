using CfAccess.AspNetCore.Answers;
using CfAccess.Emulator.Applications;
using CfAccess.Emulator.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CfAccess.Emulator.Edge;

/// <summary>
/// What the edge answers to a request that it can vouch nothing for: 302 to the login; 401 to a script, which could not follow. Source:
/// Cloudflare One documentation, "Authorization cookie", AJAX.
/// </summary>
internal static class LoginRedirect
{
    private const string RequestedWith = "X-Requested-With";
    private const string Script = "XMLHttpRequest";

    public static Task SendAsync(HttpContext context, ProtectedApplication application)
    {
        if (IsScript(context.Request))
        {
            return Answers.SendAsync(context, new(
                StatusCodes.Status401Unauthorized,
                "text/plain; charset=utf-8",
                "Nobody is logged in. A request with X-Requested-With: XMLHttpRequest is not sent to the login.\n"));
        }

        Redirect(context.Response, Location(context.Request, application));
        return Task.CompletedTask;
    }

    /// <summary>
    /// Lets the app answer, and turns its 401 into what the edge would have sent before it. Only for a request without an assertion: a 401
    /// in spite of one is the app's own, a login could not mend it, and the redirect would loop.
    /// </summary>
    public static async Task FollowAsync(HttpContext context, ProtectedApplication application, RequestDelegate app)
    {
        if (IsScript(context.Request))
        {
            await app(context).ConfigureAwait(false);
            return;
        }

        // The app may rewrite the path, so it is read before; and it may send its answer before it returns.
        var location = Preflight.Is(context.Request) ? null : Location(context.Request, application);
        context.Response.OnStarting(() =>
        {
            RedirectRefusal(context.Response, location);
            return Task.CompletedTask;
        });
        await app(context).ConfigureAwait(false);
        if (!context.Response.HasStarted)
        {
            RedirectRefusal(context.Response, location);
        }
    }

    private static void RedirectRefusal(HttpResponse response, string? location)
    {
        if (response.StatusCode == StatusCodes.Status401Unauthorized)
        {
            Redirect(response, location);
        }
    }

    private static bool IsScript(HttpRequest request) =>
        string.Equals(request.Headers[RequestedWith], Script, StringComparison.OrdinalIgnoreCase);

    /// <param name="response">The answer.</param>
    /// <param name="location">Where to; none for a preflight, which the edge refuses.</param>
    private static void Redirect(HttpResponse response, string? location)
    {
        response.StatusCode = location is null ? StatusCodes.Status403Forbidden : StatusCodes.Status302Found;
        response.Headers.Remove(HeaderNames.WWWAuthenticate);
        response.Headers.Location = location;
        response.Headers.CacheControl = "no-store";
    }

    private static string Location(HttpRequest request, ProtectedApplication application)
    {
        var wanted = request.PathBase.Add(request.Path).ToUriComponent() + request.QueryString.ToUriComponent();
        return $"{AccessPaths.Login}/{Uri.EscapeDataString(RequestHost.Of(request).Host)}"
            + $"?kid={Uri.EscapeDataString(application.Audiences[0])}&redirect_url={Uri.EscapeDataString(wanted)}";
    }
}
