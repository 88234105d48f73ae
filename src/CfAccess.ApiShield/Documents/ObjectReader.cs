using System.Globalization;
using System.Text.Json;

namespace CfAccess.ApiShield.Documents;

/// <summary>
/// Reads one JSON object, member by member, and tells all that is wrong with it at once, where a serializer would stop at the first. A
/// member that nobody asked for is dropped, and told of.
/// </summary>
internal sealed class ObjectReader
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public ObjectReader(JsonElement element, string pointer, ProblemList problems)
    {
        (Pointer, Problems) = (pointer, problems);
        foreach (var member in element.EnumerateObject())
        {
            if (!_members.TryAdd(member.Name, member.Value))
            {
                problems.Error(JsonPointer.Member(pointer, member.Name), "stands twice. Write it once.");
            }
        }
    }

    public string Pointer { get; }

    public ProblemList Problems { get; }

    /// <returns>A reader, or null if the element is no object, which is an error.</returns>
    public static ObjectReader? Of(JsonElement element, string pointer, ProblemList problems)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return new ObjectReader(element, pointer, problems);
        }

        problems.Error(pointer, "has to be an object.");
        return null;
    }

    public string At(string name) => JsonPointer.Member(Pointer, name);

    public void Error(string name, string message) => Problems.Error(At(name), message);

    /// <summary>How many items a list has; null if there is no list.</summary>
    public int? Length(string name) =>
        _members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() : null;

    /// <summary>A member of any shape.</summary>
    public JsonElement? Member(string name, string hint) => TryGet(name, hint, out var value) ? value : null;

    /// <summary>Whether there is a member, of any shape; null is as good as missing.</summary>
    public bool Has(string name, out JsonElement value) => TryGet(name, hint: null, out value);

    /// <summary>A text; null is as good as missing.</summary>
    public string? Text(string name, string? hint = null, int maximumLength = int.MaxValue)
    {
        if (!TryGet(name, hint, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Error(name, "has to be a text.");
            return null;
        }

        var text = value.GetString()!;
        var length = text.EnumerateRunes().Count();
        if (length > maximumLength)
        {
            Error(name, string.Create(CultureInfo.InvariantCulture, $"has {length} characters, and may have {maximumLength}."));
        }

        return text;
    }

    public string? Id(string name, bool isRequired)
    {
        var text = Text(name, isRequired ? "Write a UUID such as 5ec7c417-6964-4b24-b82c-a23a7ec8f90c." : null);
        if (text is not null && !IsId(text))
        {
            Error(name, "is no UUID. Write one such as 5ec7c417-6964-4b24-b82c-a23a7ec8f90c.");
        }

        return text?.ToLowerInvariant();
    }

    public bool? Flag(string name, string hint)
    {
        if (!TryGet(name, hint, out var value))
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Error(name, "has to be true or false, without quotes.");
        return null;
    }

    public DateTimeOffset? Time(string name)
    {
        if (!TryGet(name, hint: null, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var time))
        {
            return time;
        }

        Error(name, "has to be a time such as 2023-11-08T16:45:17.236841Z.");
        return null;
    }

    public ObjectReader? Object(string name, string? hint = null) =>
        TryGet(name, hint, out var value) ? Of(value, At(name), Problems) : null;

    /// <summary>The items of a list with their pointers; none if there is no list.</summary>
    public IReadOnlyList<(JsonElement Item, string Pointer)> Items(string name, string? hint = null)
    {
        if (!TryGet(name, hint, out var value))
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Error(name, "has to be a list.");
            return [];
        }

        return [.. value.EnumerateArray().Select((item, index) => (item, JsonPointer.Item(At(name), index)))];
    }

    /// <summary>The texts of a list with their pointers; what is no text is an error.</summary>
    public IReadOnlyList<(string Text, string Pointer)> Texts(string name, string? hint = null)
    {
        List<(string, string)> texts = [];
        foreach (var (item, pointer) in Items(name, hint))
        {
            if (item.ValueKind == JsonValueKind.String)
            {
                texts.Add((item.GetString()!, pointer));
            }
            else
            {
                Problems.Error(pointer, "has to be a text.");
            }
        }

        return texts;
    }

    /// <summary>Passes over members that mean nothing here, but belong where the document comes from.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _known.Add(name);
        }
    }

    /// <summary>Tells of every member that nobody asked for.</summary>
    public void End()
    {
        foreach (var name in _members.Keys.Where(name => !_known.Contains(name)))
        {
            Problems.Warn(At(name), $"is not known here and was dropped. Known are {string.Join(", ", _known)}.");
        }
    }

    private static bool IsId(string text) => Guid.TryParseExact(text, "D", out _);

    private bool TryGet(string name, string? hint, out JsonElement value)
    {
        _known.Add(name);
        if (_members.TryGetValue(name, out value) && value.ValueKind != JsonValueKind.Null)
        {
            return true;
        }

        if (hint is not null)
        {
            Error(name, "is missing. " + hint);
        }

        return false;
    }
}
