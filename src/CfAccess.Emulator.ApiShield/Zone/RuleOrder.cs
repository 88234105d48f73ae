using System.Globalization;
using System.Text.Json;
using CfAccess.Emulator.ApiShield.Bodies;

namespace CfAccess.Emulator.ApiShield.Zone;

/// <summary>Moves a rule to the <c>position</c> that a body gives: <c>index</c> from 1, <c>before</c> or <c>after</c> another rule.</summary>
internal static class RuleOrder
{
    private static readonly string[] Ways = ["index", "before", "after"];

    /// <param name="order">The rules, which are put into another order.</param>
    /// <param name="id">The rule to move.</param>
    /// <param name="position">The member <c>position</c>. Null in it, or as a whole, means absent: a merge patch of Terraform has it so.</param>
    /// <param name="pointer">The pointer of the member.</param>
    /// <param name="problems">Takes what is wrong; then nothing is moved.</param>
    public static void Move(List<JsonElement> order, string id, JsonElement position, string pointer, BodyProblems problems)
    {
        if (position.ValueKind == JsonValueKind.Null || BodyReader.From(position, pointer, problems) is not { } reader)
        {
            return;
        }

        var ways = Ways.Where(name => position.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null).ToList();
        reader.End(Ways);
        if (ways is not [var way])
        {
            var given = ways.Count == 0 ? "neither index nor before nor after" : string.Join(" and ", ways);
            problems.Error(pointer, $"has {given}. Write one of them, such as {{ \"index\": 1 }}.");
            return;
        }

        var rule = order.Find(one => ObjectId.Of(one) == id);
        if (IndexOf(order, id, way, position.GetProperty(way), JsonPointer.Member(pointer, way), problems) is { } index)
        {
            order.RemoveAll(one => ObjectId.Of(one) == id);
            order.Insert(index, rule);
        }
    }

    /// <returns>Where the rule stands once it was taken out.</returns>
    private static int? IndexOf(List<JsonElement> order, string id, string way, JsonElement value, string pointer, BodyProblems problems)
    {
        if (way == "index")
        {
            if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var index) && index >= 1 && index <= order.Count)
            {
                return index - 1;
            }

            problems.Error(pointer, string.Create(
                CultureInfo.InvariantCulture, $"has to be a whole number from 1 to {order.Count}, which is how many rules there are."));
            return null;
        }

        var other = ObjectId.Read(value);
        if (other == id)
        {
            problems.Error(pointer, "is the id of the rule itself. Write that of another rule.");
            return null;
        }

        var rest = order.Select(ObjectId.Of).Where(one => one != id).ToList();
        var at = other is null ? -1 : rest.IndexOf(other);
        if (at >= 0)
        {
            return way == "before" ? at : at + 1;
        }

        problems.Error(pointer, "is the id of no rule. List the rules to see which there are.");
        return null;
    }
}
