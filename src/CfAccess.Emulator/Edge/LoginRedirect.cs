using CfAccess.Emulator.Applications;
using CfAccess.Emulator.Endpoints;
using CfAccess.Shared.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace CfAccess.Emulator.Edge;

/// <summary>
/// What the edge sends for a request without a login: 302 to the login, or 401 to a script, which could not follow. Source:
/// Cloudflare One documentation, "Authorization cookie", AJAX.
/// </summary>
internal static class LoginRedirect
{
    private const string RequestedWith = "X-Requested-With";
    private const string Script = "XMLHttpRequest";
    private const string Challenge = "Cloudflare-Access";

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
    /// Lets the app respond, and turns a 401 with the challenge of the Access scheme into what the edge would have sent before it. Only for a
    /// request without an assertion: a 401 in spite of one is the app's own, a login could not change it, and the redirect would loop. A 401
    /// with other challenges is for clients that do not come through Access.
    /// </summary>
    public static async Task FollowAsync(HttpContext context, ProtectedApplication application, RequestDelegate app)
    {
        if (IsScript(context.Request))
        {
            await app(context).ConfigureAwait(false);
            return;
        }

        // The app may rewrite the path, so it is read before; and it may start its response before it returns.
        var location = Preflight.Is(context.Request) ? null : Location(context.Request, application);
        var response = context.Response;
        var original = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await using var body = new DiscardableBody(response, original.Stream);
        var feature = new StreamResponseBodyFeature(body, original);
        response.OnStarting(() =>
        {
            RedirectUnauthorized();
            return Task.CompletedTask;
        });
        context.Features.Set<IHttpResponseBodyFeature>(feature);
        try
        {
            await app(context).ConfigureAwait(false);
            if (!response.HasStarted)
            {
                RedirectUnauthorized();
            }

            await feature.CompleteAsync().ConfigureAwait(false);
        }
        finally
        {
            context.Features.Set(original);
        }

        void RedirectUnauthorized()
        {
            if (response.StatusCode == StatusCodes.Status401Unauthorized && response.Headers.WWWAuthenticate.Any(IsOurs))
            {
                body.IsDiscarded = true;
                Redirect(response, location);
            }
        }
    }

    private static bool IsOurs(string? challenge) =>
        challenge == Challenge || challenge?.StartsWith(Challenge + " ", StringComparison.Ordinal) is true;

    private static bool IsScript(HttpRequest request) =>
        string.Equals(request.Headers[RequestedWith], Script, StringComparison.OrdinalIgnoreCase);

    /// <param name="response">The response.</param>
    /// <param name="location">Where to; null for a preflight, which the edge rejects.</param>
    private static void Redirect(HttpResponse response, string? location)
    {
        response.StatusCode = location is null ? StatusCodes.Status403Forbidden : StatusCodes.Status302Found;
        response.Headers.WWWAuthenticate = response.Headers.WWWAuthenticate.Where(challenge => !IsOurs(challenge)).ToArray();
        response.Headers.Location = location;
        response.Headers.CacheControl = "no-store";
        response.Headers.Remove(HeaderNames.ContentType);
        response.ContentLength = 0;
    }

    private static string Location(HttpRequest request, ProtectedApplication application)
    {
        var wanted = request.PathBase.Add(request.Path).ToUriComponent() + request.QueryString.ToUriComponent();
        return $"{AccessPaths.Login}/{Uri.EscapeDataString(RequestHost.Of(request).Host)}"
            + $"?kid={Uri.EscapeDataString(application.Audiences[0])}&redirect_url={Uri.EscapeDataString(wanted)}";
    }
}
