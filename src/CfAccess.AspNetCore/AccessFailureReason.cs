namespace CfAccess.AspNetCore;

/// <summary>
/// Why a token was refused. Each reason has one word, the same in logs, metrics and documentation: the name in lower case with
/// underscores, such as <c>wrong_audience</c>.
/// </summary>
public enum AccessFailureReason
{
    /// <summary>The request carries two assertion headers, or two different authorization cookies.</summary>
    MultipleTokens = 1,

    /// <summary>The token is longer than <see cref="CloudflareAccessOptions.MaxTokenLength"/>.</summary>
    TooLong,

    /// <summary>The token is not three base64url segments holding JSON objects without duplicate members.</summary>
    Malformed,

    /// <summary>The header's <c>alg</c> is not RS256.</summary>
    UnsupportedAlgorithm,

    /// <summary>The header demands an extension (<c>crit</c>, <c>b64</c>) or brings or points at a key of its own.</summary>
    UnsupportedHeader,

    /// <summary>The token names no issuer, or one that is not a configured team.</summary>
    UnknownIssuer,

    /// <summary>The team publishes no key with the token's <c>kid</c>.</summary>
    UnknownKey,

    /// <summary>The token's <c>kid</c> is unknown, and the keys could not be fetched anew to learn whether it is a new one.</summary>
    KeysNotCurrent,

    /// <summary>There is no trusted key set. This is no verdict on the token; the answer is 503.</summary>
    KeysUnavailable,

    /// <summary>The signature does not match the token and its key.</summary>
    BadSignature,

    /// <summary>The token is for none of the team's configured audiences.</summary>
    WrongAudience,

    /// <summary>The token is not an application token: its <c>type</c> is not <c>app</c>.</summary>
    WrongType,

    /// <summary>The token has ended.</summary>
    Expired,

    /// <summary>The token has not begun (<c>nbf</c>).</summary>
    NotYetValid,

    /// <summary>The token was made in the future (<c>iat</c>).</summary>
    IssuedInFuture,

    /// <summary>A claim that must be there is missing, or a claim has the wrong shape.</summary>
    InvalidClaims,

    /// <summary>
    /// The token is good, but its team did not tell the identity that the application requires. This is no verdict on the token; the
    /// answer is 503.
    /// </summary>
    IdentityUnavailable,

    /// <summary>An event of the application refused the token.</summary>
    RejectedByEvent,
}
