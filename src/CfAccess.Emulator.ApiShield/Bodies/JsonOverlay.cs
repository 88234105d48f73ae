using System.Buffers;
using System.Text.Json;

namespace CfAccess.Emulator.ApiShield.Bodies;

/// <summary>Lays the members of one object over those of another.</summary>
internal static class JsonOverlay
{
    /// <param name="under">An object.</param>
    /// <param name="over">Another, whose members win. What stands in it twice stays there twice, for the reader to find.</param>
    /// <param name="without">Members of <paramref name="over"/> that are passed over.</param>
    public static JsonElement Lay(JsonElement under, JsonElement over, params ReadOnlySpan<string> without) =>
        Write(under, over, isDeep: false, without);

    /// <summary>The same as <see cref="Lay"/>, but merges members that are objects on both sides, as a JSON merge patch (RFC 7386) does.</summary>
    /// <param name="under">An object.</param>
    /// <param name="over">The patch. Its null stays null, which readers take as absent.</param>
    /// <param name="without">Members of <paramref name="over"/> that are ignored.</param>
    public static JsonElement Merge(JsonElement under, JsonElement over, params ReadOnlySpan<string> without) =>
        Write(under, over, isDeep: true, without);

    private static JsonElement Write(JsonElement under, JsonElement over, bool isDeep, ReadOnlySpan<string> without)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in over.EnumerateObject())
            {
                if (without.Contains(member.Name))
                {
                    continue;
                }

                if (isDeep
                    && member.Value.ValueKind == JsonValueKind.Object
                    && under.TryGetProperty(member.Name, out var old)
                    && old.ValueKind == JsonValueKind.Object)
                {
                    writer.WritePropertyName(member.Name);
                    Merge(old, member.Value).WriteTo(writer);
                }
                else
                {
                    member.WriteTo(writer);
                }
            }

            foreach (var member in under.EnumerateObject())
            {
                if (!over.TryGetProperty(member.Name, out _) || without.Contains(member.Name))
                {
                    member.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
