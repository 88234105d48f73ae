using System.Text.Json;
using CfAccess.ApiShield;

namespace CfAccess.Emulator.ApiShield.Responses;

/// <summary>Token configurations as JSON, without secrets: the model has no place for one.</summary>
internal static class ConfigurationJson
{
    public const string Credentials = "credentials";
    public const string Keys = "keys";

    public static void Tell(Utf8JsonWriter writer, ApiShieldTokenConfiguration configuration) =>
        JsonSerializer.Serialize(writer, configuration, ShieldJson.Default.ApiShieldTokenConfiguration);

    public static void TellCredentials(Utf8JsonWriter writer, ApiShieldTokenConfiguration configuration) =>
        JsonSerializer.Serialize(writer, configuration.Credentials, ShieldJson.Default.ApiShieldCredentials);

    /// <summary>The keys as a member of the envelope, where Cloudflare's older SDKs read them.</summary>
    public static void TellKeys(Utf8JsonWriter writer, ApiShieldTokenConfiguration configuration)
    {
        foreach (var member in JsonSerializer.SerializeToElement(configuration.Credentials, ShieldJson.Default.ApiShieldCredentials).EnumerateObject())
        {
            member.WriteTo(writer);
        }
    }
}
