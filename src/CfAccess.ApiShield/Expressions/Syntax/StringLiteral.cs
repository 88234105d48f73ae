using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace CfAccess.ApiShield.Expressions.Syntax;

/// <summary>
/// Strings: quoted ones, whose escapes write bytes of UTF-8, and raw ones, which have no escapes.
/// Source: https://developers.cloudflare.com/ruleset-engine/rules-language/values/#string-values-and-regular-expressions.
/// </summary>
internal static class StringLiteral
{
    private const int MaximumHashes = 255;

    private const string Escapes = "\\ stands only before \", \\, xHH or OOO. Write \\\\ for the character itself, or a raw string: r\"…\"";

    public static Lexeme ReadQuoted(string text, ref int at)
    {
        var start = at++;
        var bytes = new ArrayBufferWriter<byte>();
        while (true)
        {
            var run = text.AsSpan(at).IndexOfAny('"', '\\');
            if (run < 0)
            {
                return NotClosed(start, "\"");
            }

            if (!TryAppend(bytes, text.AsSpan(at, run)))
            {
                return new Lexeme(LexemeKind.Invalid, "This string holds half of a character", start);
            }

            at += run;
            if (text[at] == '"')
            {
                at++;
                return Utf8.IsValid(bytes.WrittenSpan)
                    ? new Lexeme(LexemeKind.Text, Encoding.UTF8.GetString(bytes.WrittenSpan), start)
                    : new Lexeme(LexemeKind.Invalid, "The bytes that this string's escapes write are not UTF-8", start);
            }

            if (!TryReadEscape(text.AsSpan(at + 1), out var value, out var length))
            {
                return new Lexeme(LexemeKind.Invalid, Escapes, at);
            }

            bytes.Write([value]);
            at += 1 + length;
        }
    }

    /// <summary>Reads <c>r"…"</c>, or with as many # behind as before: <c>r#"…"#</c>.</summary>
    public static Lexeme ReadRaw(string text, ref int at)
    {
        var start = at;
        var hashes = text.AsSpan(start + 1).IndexOfAnyExcept('#');
        if (hashes is < 0 or > MaximumHashes || text[start + 1 + hashes] != '"')
        {
            return new Lexeme(LexemeKind.Invalid, $"A raw string is r\"…\", or r#\"…\"# with up to {MaximumHashes} #", start);
        }

        var content = start + 1 + hashes + 1;
        var close = '"' + new string('#', hashes);
        var length = text.AsSpan(content).IndexOf(close, StringComparison.Ordinal);
        if (length < 0)
        {
            return NotClosed(start, close);
        }

        at = content + length + close.Length;
        return TryAppend(new ArrayBufferWriter<byte>(), text.AsSpan(content, length))
            ? new Lexeme(LexemeKind.Text, text.Substring(content, length), start)
            : new Lexeme(LexemeKind.Invalid, "This string holds half of a character", start);
    }

    /// <summary>Writes a quoted string that means the value.</summary>
    public static StringBuilder AppendLiteral(this StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' or '\\' => text.Append('\\').Append(character),
                < ' ' or '\x7f' => text.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:X2}"),
                _ => text.Append(character),
            };
        }

        return text.Append('"');
    }

    private static Lexeme NotClosed(int start, string close) =>
        new(LexemeKind.Invalid, $"This string does not end. Close it with {close}", start);

    private static bool TryAppend(ArrayBufferWriter<byte> bytes, ReadOnlySpan<char> run)
    {
        var space = bytes.GetSpan(Encoding.UTF8.GetMaxByteCount(run.Length));
        var status = Utf8.FromUtf16(run, space, out _, out var written, replaceInvalidSequences: false);
        bytes.Advance(written);
        return status == OperationStatus.Done;
    }

    private static bool TryReadEscape(ReadOnlySpan<char> rest, out byte value, out int length)
    {
        (value, length) = (0, 1);
        switch (rest)
        {
            case ['"' or '\\', ..]:
                value = (byte)rest[0];
                return true;
            case ['x', var high, var low, ..] when char.IsAsciiHexDigit(high) && char.IsAsciiHexDigit(low):
                length = 3;
                return byte.TryParse(rest[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
            case [>= '0' and <= '3', >= '0' and <= '7', >= '0' and <= '7', ..]:
                length = 3;
                value = (byte)(((rest[0] - '0') * 64) + ((rest[1] - '0') * 8) + (rest[2] - '0'));
                return true;
            default:
                return false;
        }
    }
}
