namespace CfAccess.JwtBearer.Handling;

/// <summary>A scheme that validates tokens of Access already.</summary>
internal sealed record BearerSchemeName(string Name);
