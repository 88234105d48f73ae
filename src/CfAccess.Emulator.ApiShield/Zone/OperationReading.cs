using System.Text.Json;
using CfAccess.ApiShield;
using CfAccess.Emulator.ApiShield.Bodies;

namespace CfAccess.Emulator.ApiShield.Zone;

/// <summary>Reads one operation, to compare it with those of the zone: method, host, and endpoint in the form in which they are saved.</summary>
internal static class OperationReading
{
    private const string Id = "operation_id";
    private const string LastUpdated = "last_updated";

    /// <returns>The operation with an id of its own; null if it is wrong.</returns>
    public static ApiShieldOperation? Read(JsonElement body, string pointer, BodyProblems problems)
    {
        if (BodyReader.From(body, pointer, problems) is not { } reader)
        {
            return null;
        }

        reader.Id(Id, isRequired: false);
        reader.Time(LastUpdated);
        var id = BodyJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString(Id, ShieldStamp.NewId());
            writer.WriteEndObject();
        });
        var (set, found) = ShieldDocuments.LoadAlone(operation: JsonOverlay.Lay(id, body, Id, LastUpdated));
        problems.AddRange(JsonPointer.Move(found.Where(problem => problem.Document == ApiShieldDocumentKind.Operations), "/0", pointer));
        return set?.Operations[0];
    }

    /// <returns>The host in the form in which operations have it; null if it is not valid.</returns>
    public static string? NormalizeHost(string host) => Read(
        BodyJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("method", "GET");
            writer.WriteString("host", host);
            writer.WriteString("endpoint", "/");
            writer.WriteEndObject();
        }),
        string.Empty,
        new())?.Host;
}
