using System.Text.Json;
using CfAccess.ApiShield;

namespace CfAccess.Emulator.ApiShield.Responses;

/// <summary>Operations as the API tells them, and what a selector does with them.</summary>
internal static class OperationJson
{
    public static readonly ApiShieldOperationState[] States =
        [ApiShieldOperationState.Included, ApiShieldOperationState.Excluded, ApiShieldOperationState.Ignored];

    public static void Tell(Utf8JsonWriter writer, ApiShieldOperation operation) =>
        JsonSerializer.Serialize(writer, operation, ShieldJson.Default.ApiShieldOperation);

    public static void Tell(Utf8JsonWriter writer, IReadOnlyList<ApiShieldOperation> operations, bool isList)
    {
        if (!isList)
        {
            Tell(writer, operations.Single());
            return;
        }

        writer.WriteStartArray();
        foreach (var operation in operations)
        {
            Tell(writer, operation);
        }

        writer.WriteEndArray();
    }

    /// <param name="writer">Where to.</param>
    /// <param name="page">The operations of the page.</param>
    /// <param name="all">All operations, which the numbers and hosts describe.</param>
    public static void TellPreview(
        Utf8JsonWriter writer, IReadOnlyList<ApiShieldOperationPreview> page, IReadOnlyList<ApiShieldOperationPreview> all)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("operations");
        foreach (var one in page)
        {
            writer.WriteStartObject();
            foreach (var member in JsonSerializer.SerializeToElement(one.Operation, ShieldJson.Default.ApiShieldOperation).EnumerateObject())
            {
                member.WriteTo(writer);
            }

            writer.WriteString("state", Word(one.State));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("total", all.Count);
        foreach (var state in States)
        {
            writer.WriteNumber(Word(state), all.Count(one => one.State == state));
        }

        WriteHosts(writer, "selected_hosts", all.Where(one => one.State == ApiShieldOperationState.Included));
        WriteHosts(writer, "available_hosts", all);
        writer.WriteEndObject();
    }

    private static void WriteHosts(Utf8JsonWriter writer, string name, IEnumerable<ApiShieldOperationPreview> operations)
    {
        writer.WriteStartArray(name);
        foreach (var host in operations.Select(one => one.Operation.Host).Distinct(StringComparer.Ordinal))
        {
            writer.WriteStringValue(host);
        }

        writer.WriteEndArray();
    }

    public static string Word(ApiShieldOperationState state) => state switch
    {
        ApiShieldOperationState.Included => "included",
        ApiShieldOperationState.Excluded => "excluded",
        _ => "ignored",
    };
}
