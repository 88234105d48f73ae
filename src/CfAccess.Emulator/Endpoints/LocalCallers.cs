using System.Net;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Endpoints;

/// <summary>
/// Whoever reaches the login page is let in as anyone, so it answers only the machine that it runs on: not the network, not a tunnel,
/// and not a stranger's host name that resolves to this machine.
/// </summary>
internal static class LocalCallers
{
    private const string RayHeader = "Cf-Ray";
    private const string Localhost = "localhost";

    /// <summary>Why the request is refused; none when it comes from this machine.</summary>
    public static string? Refusal(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is { } peer && !IsLoopback(peer))
        {
            return "The emulator's pages answer only the machine that it runs on, and this request came from another.";
        }

        if (context.Request.Headers.ContainsKey(RayHeader))
        {
            return "This request came through Cloudflare (it has a Cf-Ray header), where the emulator's pages must not be reached.";
        }

        return IsLocal(context.Request.Host.Host)
            ? null
            : "The emulator's pages answer only on localhost, a name under .localhost, or a loopback address such as 127.0.0.1.";
    }

    private static bool IsLoopback(IPAddress peer) => IPAddress.IsLoopback(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer);

    private static bool IsLocal(string host) =>
        host.Equals(Localhost, StringComparison.OrdinalIgnoreCase)
        || host.EndsWith("." + Localhost, StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IsLoopback(address));
}
