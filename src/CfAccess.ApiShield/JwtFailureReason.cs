namespace CfAccess.ApiShield;

/// <summary>
/// Why a request has no valid token of a token configuration. Each reason has one word, the same in logs, metrics and documentation: the
/// name in lower case with underscores, such as <c>no_matching_key</c>.
/// </summary>
public enum JwtFailureReason
{
    /// <summary>No source of the configuration holds a token.</summary>
    NoToken = 1,

    /// <summary>Several sources hold different tokens, and that is not allowed.</summary>
    MultipleTokens,

    /// <summary>The token is longer than is read.</summary>
    TooLong,

    /// <summary>The token is not three base64url segments, the first two holding JSON objects without duplicate members; or it has no <c>alg</c>.</summary>
    Malformed,

    /// <summary>The header demands an extension (<c>crit</c>, <c>b64</c>), or the token is encrypted.</summary>
    UnsupportedHeader,

    /// <summary>The header has no <c>kid</c>, by which the key would be found.</summary>
    NoKeyId,

    /// <summary>The configuration has no key with exactly the token's <c>kid</c> and <c>alg</c>.</summary>
    NoMatchingKey,

    /// <summary>The signature does not match the token and its key.</summary>
    BadSignature,

    /// <summary><c>exp</c> or <c>nbf</c> is not a number of seconds from the year 1970 to the year 9999.</summary>
    InvalidClaims,

    /// <summary>The token ended (<c>exp</c>) 60 seconds ago or earlier.</summary>
    Expired,

    /// <summary>The token begins (<c>nbf</c>) in more than 60 seconds.</summary>
    NotYetValid,
}
