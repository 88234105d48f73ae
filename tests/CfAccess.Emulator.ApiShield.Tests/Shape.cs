using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CfAccess.Emulator.ApiShield.Tests;

/// <summary>
/// Holds an answer against a shape, member by member: JSON in which a text names the kind of what stands there (<c>id</c>, <c>time</c>, <c>text</c>,
/// <c>number</c>, <c>flag</c>, or <c>=</c> and the text itself), and a list has the shape of each of its items.
/// </summary>
internal static partial class Shape
{
    public static void ShouldHaveShape(this JsonNode? actual, string shape, params string[] besides) =>
        Compare(actual, JsonNode.Parse(shape), "$", besides);

    private static void Compare(JsonNode? actual, JsonNode? shape, string at, string[] besides)
    {
        switch (shape)
        {
            case JsonObject members:
                actual.ShouldBeOfType<JsonObject>(at).Select(member => member.Key).Except(besides)
                    .ShouldBe(members.Select(member => member.Key), ignoreOrder: true, $"the members of {at}");
                foreach (var (name, inner) in members)
                {
                    Compare(actual![name], inner, $"{at}.{name}", besides);
                }

                break;
            case JsonArray { Count: 0 }:
                actual.ShouldBeOfType<JsonArray>(at);
                break;
            case JsonArray items:
                actual.ShouldBeOfType<JsonArray>(at).ShouldNotBeEmpty(at);
                foreach (var item in actual!.AsArray())
                {
                    Compare(item, items[0], $"{at}[]", besides);
                }

                break;
            default:
                IsKind(actual, shape!.GetValue<string>()).ShouldBeTrue($"{at} is {actual?.ToJsonString()}, and should be {shape}");
                break;
        }
    }

    private static bool IsKind(JsonNode? actual, string kind) => (kind, actual?.GetValueKind()) switch
    {
        ("id", JsonValueKind.String) => Guid.TryParseExact(actual!.GetValue<string>(), "D", out _),
        ("time", JsonValueKind.String) => Time().IsMatch(actual!.GetValue<string>()),
        ("text", JsonValueKind.String) => actual!.GetValue<string>().Length > 0,
        ("number", JsonValueKind.Number) => true,
        ("flag", JsonValueKind.True or JsonValueKind.False) => true,
        (['=', .. var text], JsonValueKind.String) => actual!.GetValue<string>() == text,
        _ => false,
    };

    /// <summary>As in <c>2023-11-08T16:45:17.236841Z</c>.</summary>
    [GeneratedRegex(@"\A\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z\z")]
    private static partial Regex Time();
}
