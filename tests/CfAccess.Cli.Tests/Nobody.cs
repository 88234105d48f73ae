using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CfAccess.Cli.Tests;

/// <summary>An origin on loopback at which nobody listens.</summary>
internal static class Nobody
{
    /// <summary>A port that was free a moment ago, and that the system does not give again so soon.</summary>
    public static string Origin { get; } = Find();

    private static string Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
