namespace CfAccess.ApiShield;

/// <summary>What a selector does with one operation.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="State">Included, excluded or ignored.</param>
public sealed record ApiShieldOperationPreview(ApiShieldOperation Operation, ApiShieldOperationState State);
