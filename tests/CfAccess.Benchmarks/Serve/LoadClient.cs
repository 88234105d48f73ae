using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace CfAccess.Benchmarks.Serve;

/// <summary>
/// Sends one request again and again over a few connections, one at a time on each, and counts the answers. It does little itself, so that
/// the processors are the server's.
/// </summary>
internal sealed class LoadClient(Uri url, string header, string value, int expected) : IDisposable
{
    private const int Connections = 8;

    private readonly byte[] _request = Encoding.ASCII.GetBytes(
        $"GET {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\n{header}: {value}\r\n\r\n");

    private readonly Socket[] _sockets = [.. Enumerable.Range(0, Connections).Select(_ => Connect(url))];

    public Task SendAsync(int count) => Task.WhenAll(_sockets.Select(socket => Task.Run(() => SendAsync(socket, count / Connections))));

    public void Dispose()
    {
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }
    }

    private static Socket Connect(Uri url)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(url.Host, url.Port);
        return socket;
    }

    private async Task SendAsync(Socket socket, int count)
    {
        var buffer = new byte[4096];
        var expectedStart = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {expected} "));
        for (var number = 0; number < count; number++)
        {
            await socket.SendAsync(_request);
            var length = 0;
            while (!IsWhole(buffer.AsSpan(0, length)))
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(length));
                length += received > 0 ? received : throw new InvalidOperationException("The server closed the connection.");
            }

            if (!buffer.AsSpan(0, length).StartsWith(expectedStart))
            {
                throw new InvalidOperationException($"Not {expected}: {Encoding.ASCII.GetString(buffer.AsSpan(0, length))}");
            }
        }
    }

    /// <summary>Head and body, whose length the head tells or, chunked, its last chunk.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var head = answer[..end];
        var body = answer[(end + 4)..];
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0)
        {
            return body.EndsWith("0\r\n\r\n"u8);
        }

        var number = head[(at + "Content-Length: ".Length)..];
        var lineEnd = number.IndexOf((byte)'\r');
        return body.Length >= int.Parse(lineEnd < 0 ? number : number[..lineEnd], CultureInfo.InvariantCulture);
    }
}
