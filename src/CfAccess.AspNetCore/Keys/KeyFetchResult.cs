using System.Diagnostics.CodeAnalysis;

namespace CfAccess.AspNetCore.Keys;

/// <summary>What one fetch brought: a key set, or a failure in words.</summary>
internal sealed class KeyFetchResult
{
    private KeyFetchResult(KeySet? keys, ReadOnlyMemory<byte> document, KeyFetchOutcome outcome, string detail)
    {
        Keys = keys;
        Document = document;
        Outcome = outcome;
        Detail = detail;
    }

    public KeySet? Keys { get; }

    /// <summary>The answer that the key set was made of.</summary>
    public ReadOnlyMemory<byte> Document { get; }

    public KeyFetchOutcome Outcome { get; }

    /// <summary>What happened, for an operator.</summary>
    public string Detail { get; }

    [MemberNotNullWhen(true, nameof(Keys))]
    public bool Succeeded => Keys is not null;

    public static KeyFetchResult Success(KeySet keys, ReadOnlyMemory<byte> document) =>
        new(keys, document, KeyFetchOutcome.Success, string.Empty);

    public static KeyFetchResult Failure(KeyFetchOutcome outcome, string detail) =>
        new(null, default, outcome, detail);
}
