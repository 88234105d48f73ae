using System.Security.Cryptography;
using CfAccess.AspNetCore.ExternalEvaluation.Keys;

namespace CfAccess.AspNetCore;

/// <summary>
/// Options of External Evaluation. They bind from <c>CloudflareAccess:ExternalEvaluation</c>, code wins over configuration, and they are
/// checked when the application starts. They do not reload. A store for the keys has to be named: <see cref="KeyDirectory"/> or
/// <see cref="KeysInDistributedCache"/>. Source: Cloudflare One documentation, "External Evaluation".
/// </summary>
public sealed class CloudflareAccessExternalEvaluationOptions
{
    /// <summary>
    /// The scheme, or the name given to <c>AddCloudflareAccessKeys</c>, whose team asks. Its keys, its clock and its <c>ClockSkew</c> count here
    /// too. Default: <c>CloudflareAccess</c>.
    /// </summary>
    public string Scheme { get; set; } = CloudflareAccessDefaults.AuthenticationScheme;

    /// <summary>
    /// The team that asks, as in <c>TeamDomain</c>. Required where the scheme trusts several: another team's administrator could ask for any
    /// person. Default: none, which means the only team of the scheme.
    /// </summary>
    public string? Team { get; set; }

    /// <summary>
    /// The directory in which the keys that sign answers are kept, encrypted by Data Protection. It is made where there is none; a relative path is
    /// one below the content root. Instances that share it have the same keys. Default: none.
    /// </summary>
    public string? KeyDirectory { get; set; }

    /// <summary>
    /// Whether the keys that sign answers are kept in the application's <c>IDistributedCache</c>, encrypted by Data Protection, in place of a
    /// directory. Default: <see langword="false"/>.
    /// </summary>
    public bool KeysInDistributedCache { get; set; }

    /// <summary>How long a key signs. Range: 1 hour to 365 days. Default: 30 days.</summary>
    public TimeSpan KeyLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How long a key is published before it signs, and after it has signed last, so that whoever keeps the published keys for less than that
    /// misses none. Range: 10 minutes to half of <see cref="KeyLifetime"/>. Default: 1 day.
    /// </summary>
    public TimeSpan KeyOverlap { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long an answer counts. Range: 10 seconds to 10 minutes. Default: 60 seconds, as in Cloudflare's own example.</summary>
    public TimeSpan AnswerLifetime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long the application may take to decide; after it the answer is no. Range: 100 milliseconds to 1 minute. Default: 5 seconds.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether the nonces that were used are remembered in the application's <c>IDistributedCache</c>, so that a request cannot be sent to another
    /// instance again. Default: <see langword="false"/>: each instance remembers its own.
    /// </summary>
    public bool SharedNonces { get; set; }

    /// <summary>
    /// Creates the key pair of each key that signs responses. Default: a new RSA key of 2,048 bits. Tests that start many applications share
    /// pairs, since generating one takes about 0.1 seconds of processor time.
    /// </summary>
    internal Func<RSA> CreateKeyPair { get; set; } = static () => RSA.Create(EvaluationKey.Bits);

    /// <summary>What configuration held that could not be read, told by validation together with all else that is wrong.</summary>
    internal List<string> ConfigurationErrors { get; } = [];
}
