using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore.Answers;

/// <summary>A short cookie that says that this browser was sent to the login a moment ago, so that it is not sent there in a loop.</summary>
internal static class RedirectMarker
{
    internal const string Cookie = "CfAccess.Redirected";

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    public static bool IsThere(HttpRequest request) => request.Cookies.ContainsKey(Cookie);

    /// <summary>Lax, since the browser comes back from the team's site; essential, since without it there would be a loop.</summary>
    public static void Write(HttpContext context) => context.Response.Cookies.Append(Cookie, "1", new CookieOptions
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = Lifetime,
        Path = "/",
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
    });
}
