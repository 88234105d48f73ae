using System.Text.Json;

namespace CfAccess.Emulator.ApiShield.Api;

/// <summary>What a caller of a route sent.</summary>
/// <param name="Body">The JSON; undefined where the route takes none.</param>
/// <param name="Query">The page of a list, and the filters.</param>
internal sealed record ShieldCall(JsonElement Body, ShieldQuery Query);
