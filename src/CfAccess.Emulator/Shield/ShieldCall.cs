using System.Text.Json;

namespace CfAccess.Emulator.Shield;

/// <summary>What a caller of a route sent.</summary>
/// <param name="Body">The JSON; undefined where the route takes none.</param>
/// <param name="Paging">The page of a list.</param>
internal sealed record ShieldCall(JsonElement Body, ShieldPaging Paging);
