namespace CfAccess.AspNetCore;

/// <summary>How Cloudflare is asked who is behind a token (get-identity), and how long the answer counts.</summary>
public sealed class CloudflareAccessIdentityOptions
{
    /// <summary>When Cloudflare is asked. Default: <see cref="CloudflareAccessIdentityLoad.OnDemand"/>.</summary>
    public CloudflareAccessIdentityLoad Load { get; set; }

    /// <summary>
    /// Whether a request that needs the identity is answered 503 where it is not to be had. Otherwise it goes on as that of a person
    /// without groups. Default: <see langword="true"/>.
    /// </summary>
    public bool Required { get; set; } = true;

    /// <summary>
    /// How long an identity is used; never longer than its token is accepted, which is until <c>exp</c> plus
    /// <see cref="CloudflareAccessOptions.ClockSkew"/>. What an administrator changes is seen that much later.
    /// Range: 1 second to 1 hour. Default: 5 minutes.
    /// </summary>
    public TimeSpan CacheDuration { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The time for one call, from connecting to the last byte. Range: 100 milliseconds to 1 minute. Default: 5 seconds.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long nobody asks again after a call failed: for the token that it was made for, and after three calls in a row that
    /// did not reach the team or that it could not serve, for every token of the team. Then one call tells whether it is back.
    /// Range: 100 milliseconds to 5 minutes. Default: 10 seconds.
    /// </summary>
    public TimeSpan Cooldown { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest answer that is read, in bytes. Range: 1,024 to 16,777,216. Default: 1,048,576.</summary>
    public int MaximumAnswerSize { get; set; } = 1024 * 1024;

    /// <summary>
    /// The most memory that the answers of one team take, in bytes, as estimated from their lengths. Range: 65,536 to 1,073,741,824.
    /// Default: 67,108,864.
    /// </summary>
    public int MaximumBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// The identity providers whose groups count, each by its id or by its type, such as <c>okta</c>; a type stands for every provider of
    /// it. Compared character for character. Default: none, which means all of them. A second provider can have a group of the same name.
    /// </summary>
    public IList<string> IdentityProviders { get; set; } = [];

    /// <summary>
    /// Whether answers are shared with other instances through the application's <c>IDistributedCache</c>. They are protected by Data
    /// Protection: instances need one key ring and the same <c>SetApplicationName</c>. Default: <see langword="false"/>.
    /// </summary>
    public bool Shared { get; set; }
}
