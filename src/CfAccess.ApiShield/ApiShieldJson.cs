using System.Text.Json.Serialization;

namespace CfAccess.ApiShield;

/// <summary>Writes the models as Cloudflare's API does, without reflection.</summary>
[JsonSourceGenerationOptions(WriteIndented = false)]
[JsonSerializable(typeof(IReadOnlyList<ApiShieldTokenConfiguration>))]
[JsonSerializable(typeof(IReadOnlyList<ApiShieldRule>))]
[JsonSerializable(typeof(IReadOnlyList<ApiShieldOperation>))]
public sealed partial class ApiShieldJson : JsonSerializerContext;
