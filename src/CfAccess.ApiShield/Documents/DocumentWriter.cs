using System.Text.Json;
using CfAccess.ApiShield.Rules;

namespace CfAccess.ApiShield.Documents;

/// <summary>Writes the documents of a rule set, to keep: with the secrets of symmetric keys.</summary>
internal static class DocumentWriter
{
    private const string Credentials = "credentials";

    public static void Write(Utf8JsonWriter writer, ApiShieldRuleSet set, ApiShieldDocumentKind document)
    {
        switch (document)
        {
            case ApiShieldDocumentKind.Configurations:
                writer.WriteStartArray();
                foreach (var configuration in set.ConfigurationsInForce)
                {
                    Write(writer, configuration);
                }

                writer.WriteEndArray();
                break;
            case ApiShieldDocumentKind.Rules:
                JsonSerializer.Serialize(writer, set.Rules, ApiShieldJson.Default.IReadOnlyListApiShieldRule);
                break;
            case ApiShieldDocumentKind.Operations:
                JsonSerializer.Serialize(writer, set.Operations, ApiShieldJson.Default.IReadOnlyListApiShieldOperation);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(document), document, "Not a document of a rule set.");
        }
    }

    private static void Write(Utf8JsonWriter writer, ConfigurationInForce configuration)
    {
        writer.WriteStartObject();
        var shown = JsonSerializer.SerializeToElement(configuration.Document, ApiShieldJson.Default.ApiShieldTokenConfiguration);
        foreach (var member in shown.EnumerateObject())
        {
            if (member.Name == Credentials)
            {
                WriteKeys(writer, configuration);
            }
            else
            {
                member.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteKeys(Utf8JsonWriter writer, ConfigurationInForce configuration)
    {
        writer.WriteStartObject(Credentials);
        writer.WriteStartArray("keys");
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
}
