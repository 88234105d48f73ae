namespace CfAccess.Benchmarks.Soak;

/// <summary>What a client sends. The first four are genuine, and may expire while they are in use.</summary>
internal enum TokenKind
{
    Current,
    Previous,
    Withdrawn,
    NotYetPublished,
    Expired,
    OtherApplication,
    BadSignature,
    SignedWithAnotherKey,
    Unsigned,
    HmacWithThePublicKey,
    UnknownKey,
    ExpiredWithUnknownKey,
}
