using System.Text;
using System.Text.Json;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>A string in JSON, where it stands. A reader could tell the same, and is as large as a page of it.</summary>
internal readonly ref struct JsonText
{
    private readonly ReadOnlySpan<byte> _quoted;
    private readonly bool _isEscaped;

    /// <param name="quoted">The string, with its quotes.</param>
    /// <param name="isEscaped">Whether it is not written plainly.</param>
    public JsonText(ReadOnlySpan<byte> quoted, bool isEscaped)
    {
        _quoted = quoted;
        _isEscaped = isEscaped;
    }

    /// <summary>Whether it is a string at all.</summary>
    public bool IsText => !_quoted.IsEmpty;

    /// <summary>Whether it is a string that is not empty.</summary>
    public bool HasContent => _quoted.Length > 2;

    /// <summary>The value that the reader stands on. Whether it is a text at all, <see cref="Pass"/> finds out.</summary>
    public static JsonText Of(scoped in Utf8JsonReader reader, ReadOnlySpan<byte> json) => reader.TokenType == JsonTokenType.String
        ? new JsonText(json[(int)reader.TokenStartIndex..(int)reader.BytesConsumed], reader.ValueIsEscaped)
        : default;

    /// <summary>Passes over a value, which may be read later: texts that are none, deep inside it too, are found here.</summary>
    /// <exception cref="InvalidOperationException">There is such a text.</exception>
    public static void Pass(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        do
        {
            if (reader.ValueIsEscaped)
            {
                reader.GetString();
            }
        }
        while ((reader.CurrentDepth > depth || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) && reader.Read());
    }

    public bool Is(ReadOnlySpan<byte> text) =>
        IsText && (_isEscaped ? Read().ValueTextEquals(text) : _quoted[1..^1].SequenceEqual(text));

    /// <returns>The string; nothing where it is none.</returns>
    public string? GetString() => !IsText ? null : _isEscaped ? Read().GetString() : Encoding.UTF8.GetString(_quoted[1..^1]);

    private Utf8JsonReader Read()
    {
        var reader = new Utf8JsonReader(_quoted);
        reader.Read();
        return reader;
    }
}
