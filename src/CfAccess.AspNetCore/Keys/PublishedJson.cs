using System.Runtime.InteropServices;
using System.Text.Json;

namespace CfAccess.AspNetCore.Keys;

/// <summary>
/// Reads what the key endpoint publishes. A lone surrogate escape is valid JSON but not valid Unicode, and System.Text.Json throws when it reads one. Here
/// such a string is missing, and every other string stays readable.
/// </summary>
internal static class PublishedJson
{
    /// <summary>Gets a member of an object. Of several with this name the last one is used, as <see cref="JsonElement"/> does it.</summary>
    /// <returns>The member, or null if it is missing or <paramref name="json"/> is not an object.</returns>
    public static JsonElement? Member(JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        JsonElement? found = null;
        foreach (var member in json.EnumerateObject())
        {
            found = IsNamed(member, name) ? member.Value : found;
        }

        return found;
    }

    /// <summary>Gets a string member.</summary>
    /// <returns>The string, or null if it is missing, not a string, or not valid Unicode.</returns>
    public static string? Text(JsonElement json, string name) =>
        Member(json, name) is { ValueKind: JsonValueKind.String } text && IsUnicode(text) ? text.GetString() : null;

    /// <summary>Whether every string in a value is valid Unicode, also the names of members.</summary>
    public static bool IsUnicode(JsonElement json)
    {
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(json));
        try
        {
            while (reader.Read())
            {
                if (reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsNamed(JsonProperty member, string name)
    {
        try
        {
            return member.NameEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
