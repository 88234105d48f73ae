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

    public static void Attach(IHeaderDictionary headers, AccessEmulatorSession session)
    {
        headers[CloudflareAccessDefaults.AssertionHeader] = session.Token;
        if (session.Email is { } email)
        {
            headers[AuthenticatedEmail] = email;
        }
    }
}
