using System.Diagnostics.CodeAnalysis;

namespace CfAccess.AspNetCore.Keys;

/// <summary>What one fetch brought: a key set, or a failure in words.</summary>
internal sealed class KeyFetchResult
{
    private KeyFetchResult(KeySet? keys, KeyFetchOutcome outcome, string detail)
    {
        Keys = keys;
        Outcome = outcome;
        Detail = detail;
    }

    public KeySet? Keys { get; }

    public KeyFetchOutcome Outcome { get; }

    /// <summary>What happened, for an operator.</summary>
    public string Detail { get; }

    [MemberNotNullWhen(true, nameof(Keys))]
    public bool Succeeded => Keys is not null;

    public static KeyFetchResult Success(KeySet keys) => new(keys, KeyFetchOutcome.Success, string.Empty);

    public static KeyFetchResult Failure(KeyFetchOutcome outcome, string detail) => new(null, outcome, detail);
}
