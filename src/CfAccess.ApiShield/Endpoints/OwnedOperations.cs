using CfAccess.ApiShield.Operations;

namespace CfAccess.ApiShield.Endpoints;

/// <summary>What an endpoint owns.</summary>
/// <param name="Operations">The operations that it owns without a path base.</param>
/// <param name="Routes">Its route, and those of endpoints that run the same code.</param>
internal sealed record OwnedOperations(SavedOperation[] Operations, EndpointRoute[] Routes);
