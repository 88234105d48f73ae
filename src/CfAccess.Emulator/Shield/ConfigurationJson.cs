using System.Buffers;
using System.Text.Json;
using CfAccess.ApiShield;
using CfAccess.ApiShield.Documents;
using CfAccess.ApiShield.Rules;

namespace CfAccess.Emulator.Shield;

/// <summary>Token configurations as JSON: with their secrets to keep, and without to tell.</summary>
internal static class ConfigurationJson
{
    public const string Credentials = "credentials";
    public const string Keys = "keys";

    /// <summary>What the caller is told. The model has no place for a secret.</summary>
    public static void Tell(Utf8JsonWriter writer, ApiShieldTokenConfiguration configuration) =>
        JsonSerializer.Serialize(writer, configuration, ApiShieldJson.Default.ApiShieldTokenConfiguration);

    public static void TellCredentials(Utf8JsonWriter writer, ApiShieldTokenConfiguration configuration) =>
        JsonSerializer.Serialize(writer, configuration.Credentials, ApiShieldJson.Default.ApiShieldCredentials);

    /// <summary>The keys as a member of the envelope, where Cloudflare's older SDKs read them.</summary>
    public static void TellKeys(Utf8JsonWriter writer, ApiShieldTokenConfiguration configuration)
    {
        foreach (var member in JsonSerializer.SerializeToElement(configuration.Credentials, ApiShieldJson.Default.ApiShieldCredentials).EnumerateObject())
        {
            member.WriteTo(writer);
        }
    }

    /// <summary>All of it, secrets of symmetric keys included: for the file, and for the readers.</summary>
    public static void WriteWhole(Utf8JsonWriter writer, ConfigurationInForce configuration)
    {
        writer.WriteStartObject();
        var shown = JsonSerializer.SerializeToElement(configuration.Document, ApiShieldJson.Default.ApiShieldTokenConfiguration);
        foreach (var member in shown.EnumerateObject())
        {
            if (member.Name != Credentials)
            {
                member.WriteTo(writer);
                continue;
            }

            writer.WriteStartObject(Credentials);
            writer.WriteStartArray(Keys);
            foreach (var key in configuration.Keys)
            {
                writer.WriteStartObject();
                foreach (var (name, value) in key.Members)
                {
                    writer.WriteString(name, value);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    public static JsonElement Whole(ConfigurationInForce configuration)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            WriteWhole(writer, configuration);
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
