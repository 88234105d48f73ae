using System.Text.Json;
using CfAccess.ApiShield;

namespace CfAccess.Emulator.ApiShield.Bodies;

/// <summary>A body that is a list, and pointers into what a body has.</summary>
internal static class BodyList
{
    /// <summary>The items with their pointers; no list, or an empty one, is an error.</summary>
    public static IReadOnlyList<(JsonElement Item, string Pointer)> Items(JsonElement body, BodyProblems problems)
    {
        if (body.ValueKind == JsonValueKind.Array && body.GetArrayLength() > 0)
        {
            return [.. body.EnumerateArray().Select((item, index) => (item, JsonPointer.Item(string.Empty, index)))];
        }

        problems.Error(string.Empty, "has to be a list of one or more objects. Write [ … ] around one.");
        return [];
    }

    /// <summary>
    /// A problem of a rule that a body changes in parts. If the body does not have the member that is wrong, the pointer is that of the whole rule.
    /// </summary>
    public static ApiShieldProblem InPatch(ApiShieldProblem problem, JsonElement patch, string pointer) =>
        patch.EnumerateObject().Any(member => JsonPointer.IsAt(problem.Pointer, JsonPointer.Member(pointer, member.Name)))
            ? problem
            : problem with { Pointer = pointer, Message = $"cannot be done: {problem.Pointer[pointer.Length..]} of the rule {problem.Message}" };
}
