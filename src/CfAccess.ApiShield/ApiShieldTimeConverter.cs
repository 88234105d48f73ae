using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CfAccess.ApiShield;

/// <summary>
/// Writes times as Cloudflare's API does: in UTC, with microseconds and a <c>Z</c>. The records of this namespace use it, so a source-generated
/// serializer context of the application can include them.
/// </summary>
public sealed class ApiShieldTimeConverter : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
    }
}
