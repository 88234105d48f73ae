using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CfAccess.ApiShield;
using CfAccess.Emulator.ApiShield.Bodies;

namespace CfAccess.Emulator.ApiShield.Zone;

/// <summary>The three documents as one text, in which a change is a change of few lines.</summary>
internal static class ShieldFileText
{
    private const string Configurations = "configurations";
    private const string Rules = "rules";
    private const string Operations = "operations";

    private static readonly JsonWriterOptions Options =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(ApiShieldRuleSet set)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WritePropertyName(Configurations);
            set.WriteDocumentWithSecrets(writer, ApiShieldDocumentKind.Configurations);
            writer.WritePropertyName(Rules);
            set.WriteDocumentWithSecrets(writer, ApiShieldDocumentKind.Rules);
            writer.WritePropertyName(Operations);
            set.WriteDocumentWithSecrets(writer, ApiShieldDocumentKind.Operations);
            writer.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    /// <exception cref="InvalidDataException">The text is wrong; the message tells of all that is.</exception>
    public static ApiShieldRuleSet Read(ReadOnlyMemory<byte> utf8, string path)
    {
        var problems = new BodyProblems();
        var set = BodyJson.Parse(utf8, problems) is { } root && BodyReader.From(root, string.Empty, problems) is { } reader
            ? Read(reader, problems)
            : null;
        return set is not null && !problems.HasErrors
            ? set
            : throw new InvalidDataException(
                $"{path}, the file of the emulator's API Shield, is wrong, and is not used:{Environment.NewLine}"
                + string.Join(
                    Environment.NewLine,
                    problems.All.Where(problem => problem.Severity == ApiShieldSeverity.Error)
                        .Select(problem => $"  - {(problem.Pointer.Length == 0 ? "(the whole file)" : problem.Pointer)}: {problem.Message}")));
    }

    private static ApiShieldRuleSet? Read(BodyReader reader, BodyProblems problems)
    {
        var documents = new ShieldDocuments(Items(reader, Configurations), Items(reader, Rules), Items(reader, Operations));
        reader.End();
        var (set, found) = documents.Load();
        problems.AddRange(found.Select(problem => problem with { Pointer = reader.At(Name(problem.Document)) + problem.Pointer }));
        return set;
    }

    private static string Name(ApiShieldDocumentKind document) => document switch
    {
        ApiShieldDocumentKind.Configurations => Configurations,
        ApiShieldDocumentKind.Rules => Rules,
        _ => Operations,
    };

    private static IReadOnlyList<JsonElement> Items(BodyReader reader, string name)
    {
        if (!reader.Has(name, out var list))
        {
            reader.Error(name, "is missing. Write a list; [] has nothing in it.");
            return [];
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            reader.Error(name, "has to be a list.");
            return [];
        }

        return [.. list.EnumerateArray()];
    }
}
