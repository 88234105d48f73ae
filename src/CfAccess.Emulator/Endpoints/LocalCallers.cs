using System.Net;
using CfAccess.Shared.Requests;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Emulator.Endpoints;

/// <summary>
/// Whoever reaches the login page is let in as anyone, so it answers only the machine that it runs on: not the network, not a tunnel or
/// proxy that brings the network here, and not a stranger's host name that resolves to this machine. Code can name others.
/// </summary>
internal sealed class LocalCallers(IEnumerable<string> hosts, IEnumerable<IPNetwork> networks)
{
    private const string RayHeader = "Cf-Ray";
    private const string ConnectingIpHeader = "Cf-Connecting-Ip";
    private const string ForwardedHostHeader = "X-Forwarded-Host";
    private const string TestServers = "Microsoft.AspNetCore.TestHost";
    private const string Localhost = "localhost";

    private readonly HashSet<string> _hosts = hosts.ToHashSet(StringComparer.OrdinalIgnoreCase);
    private readonly IReadOnlyList<IPNetwork> _networks = [.. networks];

    /// <summary>Why the request is refused; none when it comes from this machine.</summary>
    public string? Refusal(HttpContext context)
    {
        if (!(context.Connection.RemoteIpAddress is { } peer ? IsNear(peer) : IsInMemory(context)))
        {
            return "The emulator's pages answer only the machine that it runs on, and this request came from another. "
                + "AllowedNetworks of the emulator's options, in code, lets others in.";
        }

        if (context.Request.Headers.ContainsKey(RayHeader) || context.Request.Headers.ContainsKey(ConnectingIpHeader))
        {
            return "This request came through Cloudflare (it has a Cf-Ray header), where the emulator's pages must not be reached.";
        }

        if (!ForwardedAddresses.Of(context.Request.Headers).All(address => address is not null && IsNear(address)))
        {
            return "This request came through a proxy from another machine, as its Forwarded, X-Forwarded-For or X-Real-IP header says. "
                + "The emulator's pages answer only the machine that it runs on.";
        }

        var hosts = context.Request.Headers[ForwardedHostHeader].SelectMany(line => (line ?? string.Empty).Split(','));
        return hosts.Select(host => new HostString(host.Trim()).Host).Append(RequestHost.Of(context.Request).Host).All(IsLocal)
            ? null
            : "The emulator's pages answer only on localhost, a name under .localhost, or a loopback address such as 127.0.0.1. "
                + "AllowedHosts of the emulator's options adds other names.";
    }

    /// <summary>A test server has no peers; a Unix socket has none that could be told either.</summary>
    private static bool IsInMemory(HttpContext context) =>
        context.RequestServices.GetService<IServer>()?.GetType().Namespace == TestServers;

    private bool IsNear(IPAddress address)
    {
        var peer = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(peer) || _networks.Any(network => network.Contains(peer));
    }

    private bool IsLocal(string host) =>
        host.Equals(Localhost, StringComparison.OrdinalIgnoreCase)
        || host.EndsWith("." + Localhost, StringComparison.OrdinalIgnoreCase)
        || _hosts.Contains(host)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
