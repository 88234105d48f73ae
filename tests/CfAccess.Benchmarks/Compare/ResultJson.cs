using System.Text.Json;
using System.Text.Json.Serialization;

namespace CfAccess.Benchmarks.Compare;

/// <summary>The comparison with every raw round, for other programs.</summary>
internal static partial class ResultJson
{
    public static async Task WriteAsync(string path, string machine, IReadOnlyList<Measurement> all)
    {
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, new Result(machine, all), Json.Default.Result);
    }

    internal sealed record Result(string Machine, IReadOnlyList<Measurement> Measurements);

    [JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Result))]
    private sealed partial class Json : JsonSerializerContext;
}
