using System.Text.Json;
using CfAccess.ApiShield;
using CfAccess.Emulator.ApiShield.Bodies;
using CfAccess.Emulator.ApiShield.Responses;

namespace CfAccess.Emulator.ApiShield.Zone;

/// <summary>Puts the keys of a body into a token configuration.</summary>
internal static class CredentialOverlay
{
    private const string Prefix = "/" + ConfigurationJson.Credentials;

    /// <summary>The configuration with the body as its credentials, whatever the body is; the reader tells what is wrong with it.</summary>
    public static JsonElement Lay(JsonElement whole, JsonElement body, bool inherits)
    {
        var credentials = BodyJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName(ConfigurationJson.Credentials);
            if (inherits && body.ValueKind == JsonValueKind.Object)
            {
                WriteInheriting(writer, whole.GetProperty(ConfigurationJson.Credentials).GetProperty(ConfigurationJson.Keys), body);
            }
            else
            {
                body.WriteTo(writer);
            }

            writer.WriteEndObject();
        });
        return JsonOverlay.Lay(whole, credentials);
    }

    /// <summary>The same problems, with pointers into the body.</summary>
    public static IEnumerable<ApiShieldProblem> InBody(IEnumerable<ApiShieldProblem> problems) => problems.Select(problem => problem with
    {
        Pointer = problem.Pointer.StartsWith(Prefix, StringComparison.Ordinal) ? problem.Pointer[Prefix.Length..] : string.Empty,
    });

    private static void WriteInheriting(Utf8JsonWriter writer, JsonElement stored, JsonElement body)
    {
        writer.WriteStartObject();
        foreach (var member in body.EnumerateObject())
        {
            if (member.Name != ConfigurationJson.Keys || member.Value.ValueKind != JsonValueKind.Array)
            {
                member.WriteTo(writer);
                continue;
            }

            writer.WriteStartArray(member.Name);
            foreach (var key in member.Value.EnumerateArray())
            {
                (IdentityOf(key) is { } identity && stored.EnumerateArray().Where(one => IdentityOf(one) == identity).ToList() is [var old]
                    ? JsonOverlay.Lay(old, key)
                    : key).WriteTo(writer);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static (string Algorithm, string KeyId)? IdentityOf(JsonElement key) =>
        key.ValueKind == JsonValueKind.Object
        && key.TryGetProperty("alg", out var algorithm) && algorithm.ValueKind == JsonValueKind.String
        && key.TryGetProperty("kid", out var keyId) && keyId.ValueKind == JsonValueKind.String
            ? (algorithm.GetString()!, keyId.GetString()!)
            : null;
}
