using System.Text.Json;
using CfAccess.ApiShield;

namespace CfAccess.Emulator.ApiShield.Responses;

/// <summary>Rules as the API tells them: with <c>modified_by</c>, which documents do not keep.</summary>
internal static class RuleJson
{
    /// <summary>Nobody logs in here.</summary>
    private const string ModifiedBy = "emulator@localhost";

    public static void Tell(Utf8JsonWriter writer, ApiShieldRule rule)
    {
        writer.WriteStartObject();
        foreach (var member in JsonSerializer.SerializeToElement(rule, ShieldJson.Default.ApiShieldRule).EnumerateObject())
        {
            member.WriteTo(writer);
        }

        writer.WriteString("modified_by", ModifiedBy);
        writer.WriteEndObject();
    }

    public static void Tell(Utf8JsonWriter writer, IEnumerable<ApiShieldRule> rules, bool isList)
    {
        if (!isList)
        {
            Tell(writer, rules.Single());
            return;
        }

        writer.WriteStartArray();
        foreach (var rule in rules)
        {
            Tell(writer, rule);
        }

        writer.WriteEndArray();
    }
}
