using CfAccess.AspNetCore;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Edge;

/// <summary>The request headers that only the edge may send.</summary>
internal static class AccessHeaders
{
    private const string Prefix = "Cf-Access-";
    private const string AuthenticatedEmail = "Cf-Access-Authenticated-User-Email";

    public static void Strip(IHeaderDictionary headers)
    {
        List<string> claimed = [.. headers.Keys.Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))];
        claimed.ForEach(name => headers.Remove(name));
    }

    /// <summary>Adds the assertion, and the cookie where the request has none or another application's.</summary>
    public static void Attach(IHeaderDictionary headers, AccessEmulatorSession session, string token)
    {
        headers[CloudflareAccessDefaults.AssertionHeader] = token;
        if (SessionCookie.Values(headers.Cookie).FirstOrDefault() != token)
        {
            SessionCookie.Replace(headers, token);
        }

        if (session.Email is { } email)
        {
            headers[AuthenticatedEmail] = email;
        }
    }
}
