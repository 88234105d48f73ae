using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace CfAccess.Shared.Json;

/// <summary>A string in JSON, where it stands. A reader could tell the same, and is as large as a page of it.</summary>
internal readonly ref struct JsonString
{
    /// <summary>Of an escape such as <c>\n</c>, and of one such as <c>\u00e9</c>.</summary>
    private const int EscapeLength = 2;
    private const int CodeUnitLength = 6;

    private readonly ReadOnlySpan<byte> _quoted;
    private readonly bool _isEscaped;

    /// <param name="quoted">The string, with its quotes.</param>
    /// <param name="isEscaped">Whether it is not written plainly.</param>
    public JsonString(ReadOnlySpan<byte> quoted, bool isEscaped)
    {
        _quoted = quoted;
        _isEscaped = isEscaped;
    }

    /// <summary>Whether it is a string at all.</summary>
    public bool IsText => !_quoted.IsEmpty;

    /// <summary>Whether it is a string that is not empty.</summary>
    public bool HasContent => _quoted.Length > 2;

    /// <summary>The value that the reader is on. <see cref="TryPass"/> checks whether it is valid Unicode.</summary>
    public static JsonString Of(scoped in Utf8JsonReader reader, ReadOnlySpan<byte> json) => reader.TokenType == JsonTokenType.String
        ? new JsonString(json[(int)reader.TokenStartIndex..(int)reader.BytesConsumed], reader.ValueIsEscaped)
        : default;

    /// <summary>Moves the reader to the last token of the value that it is on.</summary>
    /// <returns>Whether every string and name in the value is valid Unicode, so that reading one later does not throw.</returns>
    public static bool TryPass(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        var isUnicode = true;
        do
        {
            isUnicode &= IsUnicode(reader);
        }
        while ((reader.CurrentDepth > depth || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) && reader.Read());

        return isUnicode;
    }

    /// <summary>
    /// Whether the string or name that the reader is on is valid Unicode. A lone surrogate can only be written as an escape. The reader would
    /// throw at one, and a client can send as many as it likes.
    /// </summary>
    public static bool IsUnicode(scoped in Utf8JsonReader reader) => !reader.ValueIsEscaped || HasOnlyWholePairs(reader.ValueSpan);

    public bool Is(ReadOnlySpan<byte> text) =>
        IsText && (_isEscaped ? Read().ValueTextEquals(text) : _quoted[1..^1].SequenceEqual(text));

    /// <returns>The string; nothing where it is none.</returns>
    public string? GetString() => !IsText ? null : _isEscaped ? Read().GetString() : Encoding.UTF8.GetString(_quoted[1..^1]);

    /// <param name="text">A string without its quotes, whose escapes are valid JSON.</param>
    private static bool HasOnlyWholePairs(ReadOnlySpan<byte> text)
    {
        while (text.IndexOf((byte)'\\') is >= 0 and var at)
        {
            if (text[at + 1] != (byte)'u')
            {
                text = text[(at + EscapeLength)..];
                continue;
            }

            var first = CodeUnit(text[at..]);
            text = text[(at + CodeUnitLength)..];
            if (char.IsHighSurrogate(first) && text is [(byte)'\\', (byte)'u', ..] && char.IsLowSurrogate(CodeUnit(text)))
            {
                text = text[CodeUnitLength..];
            }
            else if (char.IsSurrogate(first))
            {
                return false;
            }
        }

        return true;
    }

    private static char CodeUnit(ReadOnlySpan<byte> escape) =>
        Utf8Parser.TryParse(escape[EscapeLength..CodeUnitLength], out ushort unit, out _, 'x') ? (char)unit : default;

    private Utf8JsonReader Read()
    {
        var reader = new Utf8JsonReader(_quoted);
        reader.Read();
        return reader;
    }
}
