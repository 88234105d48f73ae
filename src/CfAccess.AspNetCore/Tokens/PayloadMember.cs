using System.Text.Json;
using CfAccess.Shared.Json;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>Where a member stands in a payload, and of what type its value is.</summary>
/// <param name="Usual">Which it is, if it is a usual one.</param>
/// <param name="Type">The type of the value, by its first token.</param>
/// <param name="HasEscapes">Whether the value is a string that is not written plainly.</param>
/// <param name="Name">The place of the name's opening quote.</param>
/// <param name="Start">The place of the value.</param>
/// <param name="End">The place after the value.</param>
internal readonly record struct PayloadMember(UsualMember Usual, JsonTokenType Type, bool HasEscapes, int Name, int Start, int End)
{
    /// <summary>The name on which the reader stands; the rest is told once the value was passed.</summary>
    public static PayloadMember At(in Utf8JsonReader reader) =>
        new(UsualMembers.Of(reader), JsonTokenType.None, HasEscapes: false, (int)reader.TokenStartIndex, Start: 0, End: 0);

    /// <summary>Whether the value is a string without content.</summary>
    public bool IsEmptyText => Type == JsonTokenType.String && End - Start == 2;

    public ReadOnlySpan<byte> ValueIn(ReadOnlySpan<byte> payload) => payload[Start..End];

    public JsonString TextIn(ReadOnlySpan<byte> payload) =>
        Type == JsonTokenType.String ? new JsonString(ValueIn(payload), HasEscapes) : default;

    public string NameIn(ReadOnlySpan<byte> payload)
    {
        if (Usual != UsualMember.None)
        {
            return UsualMembers.NameOf(Usual);
        }

        var reader = new Utf8JsonReader(payload[Name..Start]);
        reader.Read();
        return reader.GetString()!;
    }
}
