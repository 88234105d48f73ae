namespace CfAccess.ApiShield.Tokens;

/// <summary>The one word of each failure reason, for logs, metrics and answers.</summary>
internal static class JwtFailureWords
{
    public static string Of(JwtFailureReason reason) => reason switch
    {
        JwtFailureReason.NoToken => "no_token",
        JwtFailureReason.MultipleTokens => "multiple_tokens",
        JwtFailureReason.TooLong => "too_long",
        JwtFailureReason.Malformed => "malformed",
        JwtFailureReason.UnsupportedHeader => "unsupported_header",
        JwtFailureReason.NoKeyId => "no_key_id",
        JwtFailureReason.NoMatchingKey => "no_matching_key",
        JwtFailureReason.BadSignature => "bad_signature",
        JwtFailureReason.InvalidClaims => "invalid_claims",
        JwtFailureReason.Expired => "expired",
        JwtFailureReason.NotYetValid => "not_yet_valid",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a failure reason."),
    };
}
