using System.Collections.Frozen;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>The one word of each failure reason, for logs, metrics and answers.</summary>
internal static class FailureWords
{
    private static readonly FrozenDictionary<AccessFailureReason, string> Messages = Enum.GetValues<AccessFailureReason>()
        .ToFrozenDictionary(reason => reason, reason => $"Cloudflare Access token refused: {Of(reason)}.");

    /// <summary>The message of the exception.</summary>
    public static string MessageOf(AccessFailureReason reason) => Messages[reason];

    public static string Of(AccessFailureReason reason) => reason switch
    {
        AccessFailureReason.MultipleTokens => "multiple_tokens",
        AccessFailureReason.TooLong => "too_long",
        AccessFailureReason.Malformed => "malformed",
        AccessFailureReason.UnsupportedAlgorithm => "unsupported_algorithm",
        AccessFailureReason.UnsupportedHeader => "unsupported_header",
        AccessFailureReason.UnknownIssuer => "unknown_issuer",
        AccessFailureReason.UnknownKey => "unknown_key",
        AccessFailureReason.KeysNotCurrent => "keys_not_current",
        AccessFailureReason.KeysUnavailable => "keys_unavailable",
        AccessFailureReason.BadSignature => "bad_signature",
        AccessFailureReason.WrongAudience => "wrong_audience",
        AccessFailureReason.WrongType => "wrong_type",
        AccessFailureReason.Expired => "expired",
        AccessFailureReason.NotYetValid => "not_yet_valid",
        AccessFailureReason.IssuedInFuture => "issued_in_future",
        AccessFailureReason.InvalidClaims => "invalid_claims",
        AccessFailureReason.IdentityUnavailable => "identity_unavailable",
        AccessFailureReason.RejectedByEvent => "rejected_by_event",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a failure reason."),
    };
}
