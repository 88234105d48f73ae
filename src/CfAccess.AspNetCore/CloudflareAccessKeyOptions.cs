namespace CfAccess.AspNetCore;

/// <summary>Timings and limits of the signing-key provider.</summary>
public sealed class CloudflareAccessKeyOptions
{
    /// <summary>
    /// The age at which a key set is fetched again, behind the requests that it goes on serving. Applied with ±10 % jitter.
    /// Range: 1 minute to 24 hours. Default: 1 hour.
    /// </summary>
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The shortest time between fetches that requests cause: for a first key set, or for a key that is not in it. Charged per attempt.
    /// If such a fetch fails, the next one starts by itself when this time is over. Range: 100 milliseconds to 5 minutes. Default: 10 seconds.
    /// </summary>
    public TimeSpan Cooldown { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The age at which a key set is no longer trusted and requests are answered 503, when it could not be refreshed.
    /// Range: one and a half times <see cref="RefreshInterval"/> to 7 days. Default: 25 hours.
    /// </summary>
    public TimeSpan MaximumStaleness { get; set; } = TimeSpan.FromHours(25);

    /// <summary>
    /// The wait after a first failed refresh; it doubles with each further failure, with ±10 % jitter.
    /// Range: 100 milliseconds to 1 hour. Default: 10 seconds.
    /// </summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The longest wait between failed refreshes. Range: <see cref="RetryDelay"/> to 24 hours. Default: 5 minutes.
    /// </summary>
    public TimeSpan MaximumRetryDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The time for one fetch, from connecting to the last byte. Range: 100 milliseconds to 1 minute. Default: 10 seconds.
    /// </summary>
    public TimeSpan FetchTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// What one request waits for keys before it is answered without them. Range: 0 to 1 minute. Default: 5 seconds.
    /// </summary>
    public TimeSpan WaitBudget { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The largest answer that is read, in bytes. Range: 1,024 to 16,777,216. Default: 1,048,576.</summary>
    public int MaximumAnswerSize { get; set; } = 1024 * 1024;

    /// <summary>The most keys that are taken from one answer. Range: 1 to 1,000. Default: 16.</summary>
    public int MaximumKeys { get; set; } = 16;

    /// <summary>Whether keys are fetched when the application starts. Default: <see cref="CloudflareAccessPrewarm.Background"/>.</summary>
    public CloudflareAccessPrewarm Prewarm { get; set; }

    /// <summary>
    /// Whether fetched key sets are shared with other instances through the application's <c>IDistributedCache</c>, so that an instance
    /// that starts while the endpoint is down can serve. They are protected by Data Protection: instances need one key ring and the same
    /// <c>SetApplicationName</c>. Default: <see langword="false"/>.
    /// </summary>
    public bool Shared { get; set; }
}
