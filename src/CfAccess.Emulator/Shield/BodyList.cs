using System.Text.Json;
using CfAccess.ApiShield;
using CfAccess.ApiShield.Documents;

namespace CfAccess.Emulator.Shield;

/// <summary>A body that is a list, and pointers into what a body has.</summary>
internal static class BodyList
{
    /// <summary>The items with their pointers; no list, or an empty one, is an error.</summary>
    public static IReadOnlyList<(JsonElement Item, string Pointer)> Items(JsonElement body, ProblemList problems)
    {
        if (body.ValueKind == JsonValueKind.Array && body.GetArrayLength() > 0)
        {
            return [.. body.EnumerateArray().Select((item, index) => (item, JsonPointer.Item(string.Empty, index)))];
        }

        problems.Error(string.Empty, "has to be a list of one or more objects. Write [ … ] around one.");
        return [];
    }

    /// <summary>
    /// Tells problems of an object that a body changes in parts: what is wrong with a member that the body leaves as it was is told of the whole.
    /// </summary>
    public static void Move(ProblemList from, ProblemList to, JsonElement body, string pointer)
    {
        foreach (var problem in from.All)
        {
            var isInBody = body.EnumerateObject().Any(member => IsAt(problem.Pointer, JsonPointer.Member(pointer, member.Name)));
            var (at, message) = isInBody
                ? (problem.Pointer, problem.Message)
                : (pointer, $"cannot be done: {problem.Pointer[pointer.Length..]} of the rule {problem.Message}");
            if (problem.Severity == ApiShieldSeverity.Error)
            {
                to.Error(at, message, problem.Code);
            }
            else
            {
                to.Warn(at, message, problem.Code);
            }
        }
    }

    private static bool IsAt(string pointer, string member) =>
        pointer.StartsWith(member, StringComparison.Ordinal) && (pointer.Length == member.Length || pointer[member.Length] == '/');
}
