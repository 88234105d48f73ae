using System.Text.Json.Serialization;
using CfAccess.Emulator.Endpoints;
using CfAccess.Emulator.Identity;
using CfAccess.Emulator.Keys;
using CfAccess.Emulator.Tokens;

namespace CfAccess.Emulator;

/// <summary>The JSON that the emulator writes and reads, named as Cloudflare names it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeySetDocument))]
[JsonSerializable(typeof(PersonPayload))]
[JsonSerializable(typeof(ServicePayload))]
[JsonSerializable(typeof(IdentityDocument))]
[JsonSerializable(typeof(MintRequest))]
internal sealed partial class EmulatorJson : JsonSerializerContext;
