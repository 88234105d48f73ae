namespace CfAccess.AspNetCore;

/// <summary>
/// The cache of validated tokens: a token that was seen before is let in without cryptography for as long as it has not ended, its key is
/// still published and its key set is still trusted. Each scheme has its own.
/// </summary>
public sealed class CloudflareAccessTokenCacheOptions
{
    /// <summary>Whether validated tokens are kept in memory. Default: <see langword="true"/>.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// The most tokens that are kept; those that were not used for the longest time make room for others. Range: 1 to 1,000,000.
    /// Default: 10,000.
    /// </summary>
    public int MaximumEntries { get; set; } = 10_000;

    /// <summary>
    /// The most memory that the tokens and their claims take, in bytes, as estimated from their lengths; what the application adds in
    /// <see cref="CloudflareAccessEvents.TokenValidated"/> is not counted. Tokens of more than 4,096 characters are not kept.
    /// Range: 65,536 to 1,073,741,824. Default: 67,108,864.
    /// </summary>
    public int MaximumBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// Whether <see cref="CloudflareAccessEvents.TokenValidated"/> is called once for a token, as long as it is kept, and not on every
    /// request. The principal and the properties that the event leaves are kept with the token, and each request gets a copy; what the
    /// event refuses is not kept, and what was made of an identity that Cloudflare told is kept no longer than that identity. Default: <see langword="false"/>.
    /// </summary>
    public bool TokenValidatedOncePerToken { get; set; }
}
