using System.Text.Json;
using CfAccess.Emulator.ApiShield.Bodies;

namespace CfAccess.Emulator.ApiShield.Zone;

/// <summary>The identity of what is made, and the time.</summary>
internal sealed class ShieldStamp(TimeProvider clock)
{
    private const string CreatedAt = "created_at";
    private const string LastUpdated = "last_updated";

    /// <summary>What a body cannot change of a configuration or a rule.</summary>
    public static readonly string[] Names = ["id", CreatedAt, LastUpdated];

    /// <summary>As exact as it is written, so that it is the same after a restart.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = clock.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        }
    }

    public static string NewId() => Guid.NewGuid().ToString();

    /// <summary>Checks what a new object has of these in its body. The values are replaced.</summary>
    public static void Check(BodyReader reader, string id)
    {
        reader.Id(id, isRequired: false);
        reader.Time(CreatedAt);
        reader.Time(LastUpdated);
    }

    /// <summary>A body as a new object: with an identity and times of its own.</summary>
    /// <param name="body">An object.</param>
    /// <param name="id">The member that has the id.</param>
    /// <param name="without">Other members of the body that are ignored.</param>
    public JsonElement New(JsonElement body, string id, params ReadOnlySpan<string> without)
    {
        var now = Now;
        var stamp = BodyJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString(id, NewId());
            writer.WriteString(CreatedAt, now);
            writer.WriteString(LastUpdated, now);
            writer.WriteEndObject();
        });
        return JsonOverlay.Lay(stamp, body, [.. Names, .. without]);
    }

    /// <summary>An object with the time of its change.</summary>
    public JsonElement Changed(JsonElement whole)
    {
        var now = Now;
        var stamp = BodyJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString(LastUpdated, now);
            writer.WriteEndObject();
        });
        return JsonOverlay.Lay(stamp, whole, LastUpdated);
    }
}
