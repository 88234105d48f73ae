using System.Text.Json;
using CfAccess.ApiShield;

namespace CfAccess.Emulator.ApiShield.Bodies;

/// <summary>The id that a body or an answer gives of an object.</summary>
internal static class ObjectId
{
    /// <summary>An id in a body that is not the one of the path.</summary>
    public static void Check(JsonElement body, string id, string pointer, BodyProblems problems)
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

    /// <summary>The id of a rule that the zone has.</summary>
    public static string Of(JsonElement rule) => rule.GetProperty("id").GetString()!;

    /// <summary>The place of a token configuration; null if the zone does not have it.</summary>
    public static int? FindConfiguration(this ApiShieldRuleSet set, string id) => Find(set.Configurations, one => one.Id == id);

    /// <summary>The place of a rule; null if the zone does not have it.</summary>
    public static int? FindRule(this ApiShieldRuleSet set, string id) => Find(set.Rules, one => one.Id == id);

    /// <summary>The place of an operation; null if the zone does not have it.</summary>
    public static int? FindOperation(this ApiShieldRuleSet set, string id) => Find(set.Operations, one => one.OperationId == id);

    private static int? Find<T>(IReadOnlyList<T> list, Func<T, bool> isIt)
    {
        for (var index = 0; index < list.Count; index++)
        {
            if (isIt(list[index]))
            {
                return index;
            }
        }

        return null;
    }
}
