using System.Text.Json;

namespace CfAccess.Emulator.ApiShield.Bodies;

/// <summary>Reads what the API itself needs of an object in a body, and reports all that is wrong with it. A null member is as good as missing.</summary>
internal sealed class BodyReader
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly JsonElement _body;
    private readonly BodyProblems _problems;

    private BodyReader(JsonElement body, string pointer, BodyProblems problems) => (_body, Pointer, _problems) = (body, pointer, problems);

    public string Pointer { get; }

    /// <returns>A reader; null if the JSON is not an object, which is an error.</returns>
    public static BodyReader? From(JsonElement body, string pointer, BodyProblems problems)
    {
        if (body.ValueKind == JsonValueKind.Object)
        {
            return new(body, pointer, problems);
        }

        problems.Error(pointer, "has to be an object.");
        return null;
    }

    public string At(string name) => JsonPointer.Member(Pointer, name);

    public void Error(string name, string message) => _problems.Error(At(name), message);

    public bool Has(string name, out JsonElement value)
    {
        _known.Add(name);
        return _body.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    /// <param name="name">The member.</param>
    /// <param name="hint">What to write if the member is missing; null if it may be missing.</param>
    public string? Text(string name, string? hint = null)
    {
        if (!Has(name, out var value))
        {
            if (hint is not null)
            {
                Error(name, "is missing. " + hint);
            }

            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        Error(name, "has to be a text.");
        return null;
    }

    public string? Id(string name, bool isRequired)
    {
        const string hint = "Write a UUID such as 5ec7c417-6964-4b24-b82c-a23a7ec8f90c.";
        if (Text(name, isRequired ? hint : null) is not { } text)
        {
            return null;
        }

        if (ObjectId.Read(text) is { } id)
        {
            return id;
        }

        Error(name, "is no UUID. " + hint);
        return null;
    }

    public DateTimeOffset? Time(string name)
    {
        if (!Has(name, out var value))
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

    /// <summary>Reports a member that is there twice, and a member that is not known.</summary>
    /// <param name="others">Members that are known beside those that were read.</param>
    public void End(params ReadOnlySpan<string> others)
    {
        foreach (var name in others)
        {
            _known.Add(name);
        }

        foreach (var (name, count) in _body.EnumerateObject().CountBy(member => member.Name))
        {
            if (count > 1)
            {
                Error(name, "stands twice. Write it once.");
            }

            if (!_known.Contains(name))
            {
                _problems.Warn(At(name), $"is not known here and was dropped. Known are {string.Join(", ", _known)}.");
            }
        }
    }
}
