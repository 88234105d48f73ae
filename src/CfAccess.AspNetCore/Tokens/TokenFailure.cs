using CfAccess.AspNetCore.Keys;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>A refusal: its reason, and for unavailable keys or an unavailable identity when to come back.</summary>
internal readonly record struct TokenFailure(AccessFailureReason Reason, TimeSpan RetryAfter = default)
{
    public string Word => FailureWords.Of(Reason);

    /// <summary>Why there is no key.</summary>
    public static TokenFailure Of(KeyResolution resolution) => resolution.Status switch
    {
        KeyStatus.Unknown => AccessFailureReason.UnknownKey,
        KeyStatus.NotCurrent => AccessFailureReason.KeysNotCurrent,
        _ => new TokenFailure(AccessFailureReason.KeysUnavailable, resolution.RetryAfter),
    };

    public CloudflareAccessFailureException ToException(Exception? inner) => Reason switch
    {
        AccessFailureReason.KeysUnavailable => new CloudflareAccessKeysUnavailableException(RetryAfter),
        AccessFailureReason.IdentityUnavailable => new CloudflareAccessIdentityUnavailableException(RetryAfter),
        _ => new CloudflareAccessFailureException(Reason, inner),
    };

    public static implicit operator TokenFailure(AccessFailureReason reason) => new(reason);
}
