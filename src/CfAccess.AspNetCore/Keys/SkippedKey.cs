namespace CfAccess.AspNetCore.Keys;

/// <summary>A published key that is not used, and why. The name is shortened and escaped, fit for a log.</summary>
internal readonly record struct SkippedKey(string Kid, string Reason);
