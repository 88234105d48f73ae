using System.Buffers;
using System.Text.Json;
using CfAccess.ApiShield;
using CfAccess.ApiShield.Documents;
using CfAccess.ApiShield.Rules;

namespace CfAccess.Emulator.Shield;

/// <summary>Puts the keys of a body into a token configuration.</summary>
internal static class CredentialOverlay
{
    private const string Prefix = "/" + ConfigurationJson.Credentials;

    /// <summary>The configuration with the body as its credentials, whatever the body is; the reader tells what is wrong with it.</summary>
    public static JsonElement Lay(ConfigurationInForce old, JsonElement body, bool inherits)
    {
        var whole = ConfigurationJson.Whole(old);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
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
        }

        return JsonOverlay.Lay(whole, JsonElement.Parse(buffer.WrittenSpan));
    }

    /// <summary>The same problems, with pointers into the body.</summary>
    public static ProblemList InBody(ProblemList problems)
    {
        var moved = new ProblemList(ApiShieldDocumentKind.Configurations);
        foreach (var problem in problems.All)
        {
            var pointer = problem.Pointer.StartsWith(Prefix, StringComparison.Ordinal) ? problem.Pointer[Prefix.Length..] : string.Empty;
            if (problem.Severity == ApiShieldSeverity.Error)
            {
                moved.Error(pointer, problem.Message, problem.Code);
            }
            else
            {
                moved.Warn(pointer, problem.Message, problem.Code);
            }
        }

        return moved;
    }

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
