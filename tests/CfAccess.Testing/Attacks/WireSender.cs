using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace CfAccess.Testing.Attacks;

/// <summary>
/// Writes a request byte by byte to a socket, one connection each. A character up to U+00FF becomes that byte; a header with a
/// character beyond is UTF-8.
/// </summary>
internal sealed class WireSender(Uri address) : IAttackSender
{
    public async Task<AttackAnswer> SendAsync(AttackRequest request, string target)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encode(request, target));
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer);
        }
        catch (IOException) when (answer.Length > 0)
        {
            // A server that refused the request before its end may reset the connection behind its answer.
        }

        return Parse(Encoding.Latin1.GetString(answer.ToArray()));
    }

    private byte[] Encode(AttackRequest request, string target)
    {
        using var bytes = new MemoryStream();
        Write($"GET {target} HTTP/1.1\r\n");
        if (!request.Headers.Any(header => header.Name == "Host"))
        {
            Write($"Host: {address.Authority}\r\n");
        }

        foreach (var (name, value) in request.Headers)
        {
            Write($"{name}: {value}\r\n");
        }

        Write("Connection: close\r\n\r\n");
        return bytes.ToArray();

        void Write(string text) =>
            bytes.Write((text.All(character => character <= '\u00ff') ? Encoding.Latin1 : Encoding.UTF8).GetBytes(text));
    }

    private static AttackAnswer Parse(string answer)
    {
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = answer[..end].Split("\r\n");
        var headers = lines.Skip(1)
            .Select(line => line.Split(": ", 2))
            .GroupBy(parts => parts[0], parts => parts[1], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => string.Join(',', group), StringComparer.OrdinalIgnoreCase);
        var body = answer[(end + 4)..];
        return new AttackAnswer(
            int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture),
            headers,
            headers.ContainsKey("Transfer-Encoding") ? Unchunked(body) : body);
    }

    /// <summary>Source: RFC 9112, section 7.1.</summary>
    private static string Unchunked(string body)
    {
        var content = new StringBuilder();
        while (true)
        {
            var line = body.IndexOf("\r\n", StringComparison.Ordinal);
            var length = int.Parse(body.AsSpan(0, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length == 0)
            {
                return content.ToString();
            }

            content.Append(body, line + 2, length);
            body = body[(line + 2 + length + 2)..];
        }
    }
}
