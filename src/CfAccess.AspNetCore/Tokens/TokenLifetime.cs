namespace CfAccess.AspNetCore.Tokens;

/// <summary>The times between which a token counts.</summary>
internal readonly record struct TokenLifetime(DateTimeOffset? Expiration, DateTimeOffset? NotBefore, DateTimeOffset? IssuedAt);
