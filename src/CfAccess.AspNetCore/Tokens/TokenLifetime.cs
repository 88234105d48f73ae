namespace CfAccess.AspNetCore.Tokens;

/// <summary>The times between which a token counts.</summary>
internal readonly record struct TokenLifetime(DateTimeOffset? Expiration, DateTimeOffset? NotBefore, DateTimeOffset? IssuedAt)
{
    /// <summary>The times as Microsoft.IdentityModel tells them, in UTC.</summary>
    public static TokenLifetime Of(DateTime? notBefore, DateTime? expires) => new(Utc(expires), Utc(notBefore), IssuedAt: null);

    private static DateTimeOffset? Utc(DateTime? time) => time is { } utc ? new DateTimeOffset(utc, TimeSpan.Zero) : null;
}
