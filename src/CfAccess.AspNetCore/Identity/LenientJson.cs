using System.Collections.Frozen;
using System.Text.Json;

namespace CfAccess.AspNetCore.Identity;

/// <summary>Reads members of an object whose shape nobody promises: another shape than expected is nothing.</summary>
internal static class LenientJson
{
    public static JsonElement? Member(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;

    public static string? Text(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static bool Flag(this JsonElement json, string name) => json.Member(name) is { ValueKind: JsonValueKind.True };

    /// <summary>A whole number of seconds since 1970.</summary>
    public static DateTimeOffset? Time(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.Number } value
        && value.TryGetInt64(out var seconds)
        && seconds >= 0
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    public static IReadOnlyDictionary<string, JsonElement> Members(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.Object } value
            ? value.EnumerateObject().ToFrozenDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal)
            : FrozenDictionary<string, JsonElement>.Empty;
}
