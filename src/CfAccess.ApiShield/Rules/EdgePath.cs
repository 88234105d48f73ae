using System.Buffers;
using System.Globalization;
using System.Text;
using CfAccess.ApiShield.Operations;
using Microsoft.AspNetCore.Http;

namespace CfAccess.ApiShield.Rules;

/// <summary>
/// The path of a request as expressions at the edge see it: with its escapes, normalized as in RFC 3986. Source:
/// https://developers.cloudflare.com/rules/normalization/how-it-works/.
/// </summary>
internal static class EdgePath
{
    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    private static readonly SearchValues<char> Reserved = SearchValues.Create(":/?#[]@!$&'()*+,;=");

    /// <param name="target">The target of the request as it was sent; empty if it is not known.</param>
    /// <param name="path">The decoded path. If it is not that of the target, the application changed it.</param>
    public static string Read(string target, string path)
    {
        var sent = Normalize(SentPath.Read(target));
        return !sent.Contains(PathTemplate.Null, StringComparison.Ordinal) && PathString.FromUriComponent(sent).Value == path ? sent : Normalize(new PathString(path).ToUriComponent());
    }

    private static string Normalize(ReadOnlySpan<char> path)
    {
        var text = new StringBuilder(path.Length);
        while (path is [var first, ..])
        {
            if (TryReadEscape(path, out var escaped))
            {
                Append(text, escaped);
                path = path[3..];
            }
            else if (Unreserved.Contains(first) || Reserved.Contains(first))
            {
                text.Append(first);
                path = path[1..];
            }
            else
            {
                Rune.DecodeFromUtf16(path, out var rune, out var length);
                Append(text, rune);
                path = path[length..];
            }
        }

        return PathReading.ResolveDots(text.ToString());
    }

    private static bool TryReadEscape(ReadOnlySpan<char> path, out char escaped)
    {
        var isEscape = path is ['%', var high, var low, ..] && char.IsAsciiHexDigit(high) && char.IsAsciiHexDigit(low);
        escaped = isEscape ? (char)byte.Parse(path[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : default;
        return isEscape;
    }

    private static void Append(StringBuilder text, char escaped) =>
        _ = Unreserved.Contains(escaped) ? text.Append(escaped) : text.Append(CultureInfo.InvariantCulture, $"%{(int)escaped:X2}");

    private static void Append(StringBuilder text, Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var one in bytes[..rune.EncodeToUtf8(bytes)])
        {
            Append(text, (char)one);
        }
    }
}
