namespace CfAccess.ApiShield.Tokens.Keys;

/// <summary>What was done to a key of a document.</summary>
internal enum KeyFindingKind
{
    /// <summary>It is not used.</summary>
    Dropped,

    /// <summary>Members that are not needed were removed.</summary>
    MembersRemoved,

    /// <summary>The private half was in it, and was removed. Whoever read the document can sign tokens.</summary>
    PrivateKeyRemoved,

    /// <summary>An RSA key without <c>alg</c> became one for RS256.</summary>
    AlgorithmInferred,

    /// <summary>A key without <c>crv</c> got the curve of its <c>alg</c>.</summary>
    CurveInferred,
}

/// <summary>A difference between a key as it was given and as it is used.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Index">Which of the keys; the first is 0.</param>
/// <param name="Message">What was done and why, for people. It holds no <c>kid</c> and no key material.</param>
internal sealed record KeyFinding(KeyFindingKind Kind, int Index, string Message)
{
    /// <summary>The code under which Cloudflare tells of it, where it has one.</summary>
    public int? Code => Kind == KeyFindingKind.AlgorithmInferred ? 110003 : null;
}
