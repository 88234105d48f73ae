using System.Text.Json.Serialization;
using CfAccess.ApiShield;

namespace CfAccess.Emulator.ApiShield.Responses;

/// <summary>Writes the objects of the API without reflection. None of these types has a place for a secret.</summary>
[JsonSerializable(typeof(ApiShieldTokenConfiguration))]
[JsonSerializable(typeof(ApiShieldRule))]
[JsonSerializable(typeof(ApiShieldOperation))]
internal sealed partial class ShieldJson : JsonSerializerContext;
