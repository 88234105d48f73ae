namespace CfAccess.AspNetCore.Tokens;

/// <summary>The times between which a token counts.</summary>
internal readonly record struct TokenLifetime(DateTimeOffset? Expiration, DateTimeOffset? NotBefore, DateTimeOffset? IssuedAt)
{
    /// <summary>The time from which a token with this <c>exp</c> is rejected. The last second that .NET knows is a valid <c>exp</c>.</summary>
    public static DateTimeOffset AcceptedUntil(DateTimeOffset expiration, TimeSpan clockSkew) =>
        expiration > DateTimeOffset.MaxValue - clockSkew ? DateTimeOffset.MaxValue : expiration + clockSkew;

    /// <summary>The times as Microsoft.IdentityModel tells them, in UTC.</summary>
    public static TokenLifetime Of(DateTime? notBefore, DateTime? expires) => new(Utc(expires), Utc(notBefore), IssuedAt: null);

    private static DateTimeOffset? Utc(DateTime? time) => time is { } utc ? new DateTimeOffset(utc, TimeSpan.Zero) : null;
}
