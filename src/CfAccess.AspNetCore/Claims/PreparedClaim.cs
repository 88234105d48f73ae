namespace CfAccess.AspNetCore.Claims;

/// <summary>What a claim is made of. A <see cref="System.Security.Claims.Claim"/> itself can be changed, and so is shared with nobody.</summary>
internal readonly record struct PreparedClaim(string Type, string Value, string ValueType);
