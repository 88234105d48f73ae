using System.Diagnostics.CodeAnalysis;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore;

/// <summary>The result of <see cref="ICloudflareAccessSigningKeys.FindAsync"/>: a key, or the reason that it is missing.</summary>
public sealed class CloudflareAccessSigningKeyResult
{
    private CloudflareAccessSigningKeyResult(SecurityKey? key, AccessFailureReason? reason, TimeSpan? retryAfter) =>
        (Key, Reason, RetryAfter) = (key, reason, retryAfter);

    /// <summary>Whether there is a key.</summary>
    [MemberNotNullWhen(true, nameof(Key))]
    [MemberNotNullWhen(false, nameof(Reason))]
    public bool Succeeded => Key is not null;

    /// <summary>The RSA key, of 2,048 to 8,192 bits, for RS256. Null if it is missing.</summary>
    public SecurityKey? Key { get; }

    /// <summary>
    /// <see cref="AccessFailureReason.UnknownKey"/>, <see cref="AccessFailureReason.KeysNotCurrent"/>, or <see cref="AccessFailureReason.KeysUnavailable"/>.
    /// Null if there is a key.
    /// </summary>
    public AccessFailureReason? Reason { get; }

    /// <summary>The time to the next fetch, at least 1 second, for <see cref="AccessFailureReason.KeysUnavailable"/>. Otherwise null.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Creates a result with a key, for tests.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public static CloudflareAccessSigningKeyResult Found(SecurityKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(key, reason: null, retryAfter: null);
    }

    /// <summary>Creates a result without a key, for tests.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="retryAfter">The time to the next fetch. Default: null.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="reason"/> is not one of the three that <see cref="Reason"/> can have.</exception>
    public static CloudflareAccessSigningKeyResult Missing(AccessFailureReason reason, TimeSpan? retryAfter = null) =>
        reason is AccessFailureReason.UnknownKey or AccessFailureReason.KeysNotCurrent or AccessFailureReason.KeysUnavailable
            ? new(key: null, reason, retryAfter)
            : throw new ArgumentOutOfRangeException(nameof(reason), reason, "A key is missing because it is unknown, or because keys are not current or unavailable.");
}
