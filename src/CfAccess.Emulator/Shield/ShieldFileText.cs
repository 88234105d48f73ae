using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CfAccess.ApiShield;
using CfAccess.ApiShield.Documents;
using CfAccess.ApiShield.Rules;

namespace CfAccess.Emulator.Shield;

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
            writer.WriteStartArray(Configurations);
            foreach (var configuration in set.ConfigurationsInForce)
            {
                ConfigurationJson.WriteWhole(writer, configuration);
            }

            writer.WriteEndArray();
            writer.WritePropertyName(Rules);
            JsonSerializer.Serialize(writer, set.Rules, ApiShieldJson.Default.IReadOnlyListApiShieldRule);
            writer.WritePropertyName(Operations);
            JsonSerializer.Serialize(writer, set.Operations, ApiShieldJson.Default.IReadOnlyListApiShieldOperation);
            writer.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    /// <exception cref="InvalidDataException">The text is wrong; the message tells of all that is.</exception>
    public static ApiShieldRuleSet Read(ReadOnlyMemory<byte> utf8, string path, TimeProvider clock)
    {
        var problems = new ProblemList(ApiShieldDocumentKind.Configurations);
        var set = DocumentJson.Parse(utf8, problems) is { } root && ObjectReader.Of(root, string.Empty, problems) is { } reader
            ? Read(reader, clock)
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

    private static ApiShieldRuleSet Read(ObjectReader reader, TimeProvider clock)
    {
        var problems = reader.Problems;
        var configurations = new ConfigurationReader(ShieldSets.Options, clock).ReadAll(Items(reader, Configurations), problems);
        var ids = configurations.Select(one => one.Document.Id).ToHashSet(StringComparer.Ordinal);
        var rules = new RuleReader(new RuleChecks(problems.HasErrors ? null : ids, ShieldSets.Options.AllowEmptySelectors))
            .ReadAll(Items(reader, Rules), problems);
        var operations = OperationReader.ReadAll(Items(reader, Operations), problems);
        return new(ApiShieldMatching.Edge, configurations, rules, operations, []);
    }

    private static IReadOnlyList<(JsonElement Item, string Pointer)> Items(ObjectReader reader, string name) =>
        reader.Items(name, "Write a list; [] has nothing in it.");
}
