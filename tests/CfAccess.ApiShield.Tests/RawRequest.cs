using System.Net.Sockets;
using System.Text;

namespace CfAccess.ApiShield.Tests;

/// <summary>A request as bytes, since clients correct what they are given.</summary>
internal static class RawRequest
{
    /// <returns>The whole answer.</returns>
    public static async Task<string> SendAsync(Uri address, string method, string target, string host)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
