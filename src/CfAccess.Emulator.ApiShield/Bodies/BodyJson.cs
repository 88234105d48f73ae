using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace CfAccess.Emulator.ApiShield.Bodies;

/// <summary>Parses and writes JSON.</summary>
internal static class BodyJson
{
    /// <summary>Less than the depth of a document, since a body becomes a part of one.</summary>
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, MaxDepth = 24 };

    /// <returns>The JSON, whose texts are all valid Unicode; null if it cannot be read.</returns>
    public static JsonElement? Parse(ReadOnlyMemory<byte> utf8, BodyProblems problems)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8.Span.StartsWith("\uFEFF"u8) ? utf8["\uFEFF"u8.Length..] : utf8, Options);
            Touch(document.RootElement);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            problems.Error(string.Empty, string.Create(
                CultureInfo.InvariantCulture,
                $"is no JSON: it breaks off or goes wrong in line {exception.LineNumber + 1}, at byte {exception.BytePositionInLine + 1} of that line."));
        }
        catch (InvalidOperationException)
        {
            problems.Error(
                string.Empty, "has a text that is not valid Unicode: bytes that are not UTF-8, or an escape \\u that is one half of a surrogate pair.");
        }

        return null;
    }

    public static JsonElement Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    /// <summary>Reads every name and text once: invalid Unicode throws here, and not later.</summary>
    private static void Touch(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    Touch(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Touch(item);
                }

                break;
            case JsonValueKind.String:
                _ = element.GetString();
                break;
        }
    }
}
