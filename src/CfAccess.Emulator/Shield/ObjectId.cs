using System.Text.Json;
using CfAccess.ApiShield.Documents;

namespace CfAccess.Emulator.Shield;

/// <summary>The id that a body or an answer gives of an object.</summary>
internal static class ObjectId
{
    /// <summary>An id in a body that is not the one of the path.</summary>
    public static void Check(JsonElement body, string id, string pointer, ProblemList problems)
    {
        if (body.TryGetProperty("id", out var given) && Read(given) != id)
        {
            problems.Error(JsonPointer.Member(pointer, "id"), $"is not {id}, which the path names. Leave it out: an id never changes.");
        }
    }

    /// <returns>The id as it is kept; null if it is no UUID.</returns>
    public static string? Read(JsonElement given) => given.ValueKind == JsonValueKind.String ? Read(given.GetString()) : null;

    /// <returns>The id as it is kept; null if it is no UUID.</returns>
    public static string? Read(string? given) => Guid.TryParseExact(given, "D", out var id) ? id.ToString() : null;

    /// <summary>What is told of an object that is gone.</summary>
    public static ShieldAnswer Tell(string name, string id) => ShieldAnswer.Of(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString(name, id);
        writer.WriteEndObject();
    });
}
