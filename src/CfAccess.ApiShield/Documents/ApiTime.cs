using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CfAccess.ApiShield.Documents;

/// <summary>Times as Cloudflare's API writes them: in UTC, with microseconds and a <c>Z</c>.</summary>
internal sealed class ApiTime : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
}
