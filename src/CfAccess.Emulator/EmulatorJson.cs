using System.Text.Json.Serialization;
using CfAccess.Emulator.Identity;
using CfAccess.Emulator.Keys;
using CfAccess.Emulator.Tokens;

namespace CfAccess.Emulator;

/// <summary>The JSON that the emulator writes, named as Cloudflare names it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeySetDocument))]
[JsonSerializable(typeof(PersonPayload))]
[JsonSerializable(typeof(ServicePayload))]
[JsonSerializable(typeof(IdentityDocument))]
internal sealed partial class EmulatorJson : JsonSerializerContext;
