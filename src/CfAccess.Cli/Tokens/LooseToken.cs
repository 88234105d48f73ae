using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using CfAccess.Cli.Output;

namespace CfAccess.Cli.Tokens;

/// <summary>
/// A token read as kindly as can be, only to be shown: what stands in it, whether the library would read it or not. Decides nothing.
/// </summary>
internal sealed class LooseToken
{
    private LooseToken(string[] segments) =>
        (Segments, Header, Payload) = (segments, Read(segments.ElementAtOrDefault(0)), Read(segments.ElementAtOrDefault(1)));

    public IReadOnlyList<string> Segments { get; }

    public JsonElement? Header { get; }

    public JsonElement? Payload { get; }

    /// <summary>Splits no further than what is shown: a token may be nothing but dots.</summary>
    public static LooseToken Of(string token) => new(token.Split('.', 6));

    public string? HeaderText(string name) => Show(Header, name);

    public string? PayloadText(string name) => Show(Payload, name);

    /// <summary>A string claim, if it is one.</summary>
    public string? PayloadString(string name) =>
        Payload is { } payload && payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Text(value) : null;

    private static string? Show(JsonElement? json, string name) =>
        json is { } members && members.TryGetProperty(name, out var value) ? Text(value) : null;

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static JsonElement? Read(string? segment)
    {
        var text = segment?.TrimEnd('=').Replace('+', '-').Replace('/', '_') ?? string.Empty;
        if (!Base64Url.IsValid(text))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)));
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            // Reads every name and text once: half of a surrogate pair, valid JSON that is no text, throws here and nowhere later.
            _ = JsonSerializer.Serialize(document.RootElement, CliJson.Default.JsonElement);
            return document.RootElement.Clone();
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
