namespace CfAccess.ApiShield;

/// <summary>What became of a request. Each has one word, the same in logs, metrics and traces: the name in lower case with underscores.</summary>
public enum ApiShieldOutcome
{
    /// <summary>No operation matches, and the endpoint owns none. The request goes on, unchecked.</summary>
    Unmatched = 1,

    /// <summary>No rule covers the operation. The request goes on, unchecked.</summary>
    Uncovered,

    /// <summary>The request satisfies the rule of its operation.</summary>
    Satisfied,

    /// <summary>The request does not satisfy a rule whose action is <c>log</c>; it goes on.</summary>
    Logged,

    /// <summary>The request does not satisfy a rule whose action is <c>block</c>; it is answered 403.</summary>
    Blocked,

    /// <summary>No operation matches, and <see cref="ApiShieldOptions.UnknownOperations"/> blocks that; it is answered 403.</summary>
    BlockedUnknownOperation,

    /// <summary>No operation names the host, and <see cref="ApiShieldOptions.UnknownHosts"/> blocks that; it is answered 403.</summary>
    BlockedUnknownHost,

    /// <summary>
    /// A server behind the application could read the path in more ways than are evaluated: 64, or 65,536 characters in total. The response is 403.
    /// </summary>
    BlockedAmbiguousPath,
}
