using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CfAccess.Emulator.Edge;

/// <summary>
/// Turns the application's 401 to a request that the edge vouched nothing for into what the edge itself would have sent. A 401 in spite
/// of an assertion is the application's own: a login could not mend it, and the redirect would loop.
/// </summary>
internal static class LoginRedirect
{
    private const string RequestedWith = "X-Requested-With";
    private const string Script = "XMLHttpRequest";

    public static void Prepare(HttpContext context, AccessEmulator emulator)
    {
        var request = context.Request;
        if (string.Equals(request.Headers[RequestedWith], Script, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        // The application may rewrite the path, so it is read before.
        var location = Location(request, emulator.Audiences[0]);
        context.Response.OnStarting(() =>
        {
            if (context.Response.StatusCode == StatusCodes.Status401Unauthorized)
            {
                context.Response.StatusCode = StatusCodes.Status302Found;
                context.Response.Headers.Remove(HeaderNames.WWWAuthenticate);
                context.Response.Headers.Location = location;
                context.Response.Headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        });
    }

    private static string Location(HttpRequest request, string audience)
    {
        var wanted = request.PathBase.Add(request.Path).ToUriComponent() + request.QueryString.ToUriComponent();
        return $"{AccessPaths.Login}/{Uri.EscapeDataString(request.Host.Host)}"
            + $"?kid={Uri.EscapeDataString(audience)}&redirect_url={Uri.EscapeDataString(wanted)}";
    }
}
