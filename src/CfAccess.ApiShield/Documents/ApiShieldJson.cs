using System.Text.Json.Serialization;

namespace CfAccess.ApiShield.Documents;

/// <summary>Writes the models as Cloudflare's API does, without reflection.</summary>
[JsonSourceGenerationOptions(WriteIndented = false)]
[JsonSerializable(typeof(IReadOnlyList<ApiShieldTokenConfiguration>))]
[JsonSerializable(typeof(IReadOnlyList<ApiShieldRule>))]
[JsonSerializable(typeof(IReadOnlyList<ApiShieldOperation>))]
internal sealed partial class ApiShieldJson : JsonSerializerContext;
