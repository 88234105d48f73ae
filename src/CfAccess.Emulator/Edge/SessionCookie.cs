using CfAccess.AspNetCore;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Edge;

/// <summary>
/// The cookie <c>CF_Authorization</c> as it is sent: its name is case-sensitive and its value not encoded, neither of which the
/// framework's cookie collection respects.
/// </summary>
internal static class SessionCookie
{
    private const char Separator = ';';

    /// <summary>The values that a request's <c>Cookie</c> headers give to the session cookie.</summary>
    public static IEnumerable<string> Values(IEnumerable<string?> cookieHeaders) =>
        cookieHeaders.SelectMany(header => (header ?? string.Empty).Split(Separator)).Select(ValueOf).OfType<string>();

    /// <summary>Takes away every session cookie but the first of a live session, and leaves other cookies as they are.</summary>
    public static AccessEmulatorSession? KeepLive(IHeaderDictionary headers, Func<string, AccessEmulatorSession?> find)
    {
        AccessEmulatorSession? live = null;
        var changed = false;
        var kept = new List<string>();

        foreach (var header in headers.Cookie)
        {
            List<string> pairs = [.. (header ?? string.Empty).Split(Separator)];
            changed |= pairs.RemoveAll(IsForeign) > 0;
            if (pairs.Count > 0)
            {
                kept.Add(string.Join(Separator, pairs).TrimStart());
            }
        }

        if (changed)
        {
            headers.Cookie = kept.ToArray();
        }

        return live;

        bool IsForeign(string pair)
        {
            if (ValueOf(pair) is not { } value)
            {
                return false;
            }

            if (live is not null || find(value) is not { } session)
            {
                return true;
            }

            live = session;
            return false;
        }
    }

    /// <summary>Takes away every session cookie, and leaves other cookies as they are.</summary>
    public static void Remove(IHeaderDictionary headers) => KeepLive(headers, _ => null);

    /// <summary>Puts a token in place of whatever session cookies the request has.</summary>
    public static void Replace(IHeaderDictionary headers, string token)
    {
        Remove(headers);
        var cookie = $"{CloudflareAccessDefaults.AuthorizationCookie}={token}";
        headers.Cookie = string.Join("; ", headers.Cookie.Where(header => !string.IsNullOrWhiteSpace(header)).Append(cookie));
    }

    public static void Write(HttpContext context, string token, AccessEmulatorSameSite sameSite) =>
        context.Response.Cookies.Append(CloudflareAccessDefaults.AuthorizationCookie, token, Attributes(context, sameSite));

    public static void Delete(HttpContext context, AccessEmulatorSameSite sameSite) =>
        context.Response.Cookies.Delete(CloudflareAccessDefaults.AuthorizationCookie, Attributes(context, sameSite));

    private static CookieOptions Attributes(HttpContext context, AccessEmulatorSameSite sameSite) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        Path = "/",

        SameSite = sameSite switch
        {
            // Browsers drop a cookie with None that is not Secure, and Secure needs https.
            AccessEmulatorSameSite.None => context.Request.IsHttps ? SameSiteMode.None : SameSiteMode.Lax,
            AccessEmulatorSameSite.Lax => SameSiteMode.Lax,
            _ => SameSiteMode.Strict,
        },
        Secure = context.Request.IsHttps,
    };

    private static string? ValueOf(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals >= 0 && pair.AsSpan(0, equals).Trim().SequenceEqual(CloudflareAccessDefaults.AuthorizationCookie)
            ? pair[(equals + 1)..].Trim()
            : null;
    }
}
