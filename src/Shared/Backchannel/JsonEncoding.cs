using System.Text;

namespace CfAccess.Shared.Backchannel;

/// <summary>
/// Converts a JSON response to UTF-8 without a byte order mark, as RFC 8259, section 8.1, demands it. Mirrors and proxies send other encodings, and a file
/// that PowerShell saved has one too.
/// </summary>
internal static class JsonEncoding
{
    /// <summary>UTF-32 comes first: its mark begins with the mark of UTF-16.</summary>
    private static readonly Encoding[] Marked = [Encoding.UTF32, Encoding.Unicode, Encoding.BigEndianUnicode];

    /// <summary>A lone surrogate becomes the escape of one. So it spoils the string that it is in, and not the whole document.</summary>
    private static readonly DecoderFallback LoneSurrogate = new DecoderReplacementFallback(@"\ud800");

    /// <param name="body">The response.</param>
    /// <param name="charset">The <c>charset</c> of its content type. Null if it is missing. A byte order mark wins over it.</param>
    public static ReadOnlyMemory<byte> ToUtf8(ReadOnlyMemory<byte> body, string? charset)
    {
        if (body.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            return body[Encoding.UTF8.Preamble.Length..];
        }

        var bytes = body.Span;
        foreach (var encoding in Marked)
        {
            if (bytes.StartsWith(encoding.Preamble))
            {
                return Convert(bytes[encoding.Preamble.Length..], encoding);
            }
        }

        return charset?.Trim('"').ToLowerInvariant() switch
        {
            "utf-16" or "utf-16le" => Convert(bytes, Encoding.Unicode),
            "utf-16be" => Convert(bytes, Encoding.BigEndianUnicode),
            _ => body,
        };
    }

    private static byte[] Convert(ReadOnlySpan<byte> text, Encoding encoding) => Encoding.UTF8.GetBytes(
        Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, LoneSurrogate).GetString(text));
}
