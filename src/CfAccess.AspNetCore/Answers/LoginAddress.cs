using System.Buffers;
using CfAccess.AspNetCore.Teams;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore.Answers;

/// <summary>
/// The address that starts a login: always on the team's own origin. Of the request it holds the host name as one segment and the path as
/// one value, both escaped.
/// </summary>
internal static class LoginAddress
{
    private const string LoginPath = "/cdn-cgi/access/login/";

    /// <summary>Source: RFC 1035, section 2.3.4, as text.</summary>
    private const int LongestHost = 253;

    private static readonly SearchValues<char> HostCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:[]");

    /// <returns>The address, or nothing if the request's host is no host name.</returns>
    public static string? Of(string issuer, HostString host, string audience, string returnTo)
    {
        var name = host.Host;
        if (name.Length is 0 or > LongestHost
            || name.AsSpan().ContainsAnyExcept(HostCharacters)
            || Uri.CheckHostName(name) == UriHostNameType.Unknown)
        {
            return null;
        }

        // At Cloudflare an application is a host name. A team elsewhere, such as a test server, finds the way back by the port.
        var target = host.Port is { } port && !TeamDomain.IsCloudflare(issuer) ? $"{name}:{port}" : name;
        return $"{issuer}{LoginPath}{Uri.EscapeDataString(target)}"
            + $"?kid={Uri.EscapeDataString(audience)}&redirect_url={Uri.EscapeDataString(returnTo)}";
    }
}
