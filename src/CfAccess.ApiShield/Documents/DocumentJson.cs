using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace CfAccess.ApiShield.Documents;

/// <summary>
/// Finds the objects in the text of a document: a list of objects, one object, or an answer of Cloudflare's API that was saved as it is,
/// with the objects in its <c>result</c>.
/// </summary>
internal static class DocumentJson
{
    private static readonly JsonDocumentOptions Options = new()
    {
        // Cloudflare's own example has comments.
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 32,
    };

    /// <returns>The objects with their pointers; none where there is a problem with the whole.</returns>
    public static IReadOnlyList<(JsonElement Item, string Pointer)> Read(ReadOnlyMemory<byte> utf8, ProblemList problems) =>
        Parse(utf8, problems) is { } root ? Items(root, problems) : [];

    /// <returns>The JSON, all of whose texts can be read; null where it is none.</returns>
    public static JsonElement? Parse(ReadOnlyMemory<byte> utf8, ProblemList problems)
    {
        if (utf8.Span.StartsWith("\uFEFF"u8))
        {
            utf8 = utf8["\uFEFF"u8.Length..];
        }

        if (!Utf8.IsValid(utf8.Span))
        {
            problems.Error(string.Empty, "is not UTF-8. Save it in that encoding.");
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
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
            problems.Error(string.Empty, "has an escape \\u that is one half of a surrogate pair. Write both halves, or the character itself.");
        }

        return null;
    }

    /// <summary>Reads every name and text once: what is no Unicode throws here, and nowhere later.</summary>
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

    private static IReadOnlyList<(JsonElement Item, string Pointer)> Items(JsonElement root, ProblemList problems)
    {
        var (objects, pointer) = (root, string.Empty);
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("success", out var success))
        {
            if (success.ValueKind != JsonValueKind.True || !root.TryGetProperty("result", out objects))
            {
                problems.Error("/success", "is an answer of Cloudflare's API that tells of a failure. Fetch the document again.");
                return [];
            }

            if (IsPageOfMore(root, objects))
            {
                problems.Error(
                    "/result_info", "tells of more objects than the document has: it is one page of several. Fetch all pages, and write their objects in one list.");
                return [];
            }

            pointer = "/result";
        }

        switch (objects.ValueKind)
        {
            case JsonValueKind.Array:
                return [.. objects.EnumerateArray().Select((item, index) => (item, JsonPointer.Item(pointer, index)))];
            case JsonValueKind.Object:
                return [(objects, pointer)];
            default:
                problems.Error(pointer, "has to be a list of objects, or one object.");
                return [];
        }
    }

    /// <summary>Rules or operations that are on another page would be in force nowhere.</summary>
    private static bool IsPageOfMore(JsonElement answer, JsonElement objects) =>
        answer.TryGetProperty("result_info", out var info)
        && info.ValueKind == JsonValueKind.Object
        && (Exceeds(info, "total_pages", 1)
            || Exceeds(info, "total_count", objects.ValueKind == JsonValueKind.Array ? objects.GetArrayLength() : 1));

    private static bool Exceeds(JsonElement info, string name, int limit) =>
        info.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number && number.GetDouble() > limit;
}
