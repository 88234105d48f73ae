using System.Diagnostics.CodeAnalysis;

namespace CfAccess.AspNetCore.Identity;

/// <summary>What one call brought: an identity, or a failure in words.</summary>
internal sealed class IdentityFetchResult
{
    private IdentityFetchResult(
        AccessIdentity? identity, ReadOnlyMemory<byte> document, bool hasOddGroups, IdentityFetchOutcome outcome, string detail)
    {
        Identity = identity;
        Document = document;
        HasOddGroups = hasOddGroups;
        Outcome = outcome;
        Detail = detail;
    }

    public AccessIdentity? Identity { get; }

    /// <summary>The answer that the identity was made of.</summary>
    public ReadOnlyMemory<byte> Document { get; }

    /// <summary>Whether some of the groups have a shape that is none.</summary>
    public bool HasOddGroups { get; }

    public IdentityFetchOutcome Outcome { get; }

    /// <summary>What happened, for an operator; nothing of what was answered.</summary>
    public string Detail { get; }

    [MemberNotNullWhen(true, nameof(Identity))]
    public bool Succeeded => Identity is not null;

    /// <summary>Whether the failure is the team's and not that of one token.</summary>
    public bool IsOfTeam => Outcome is IdentityFetchOutcome.Unreachable or IdentityFetchOutcome.Timeout or IdentityFetchOutcome.Overloaded;

    public static IdentityFetchResult Success(AccessIdentity identity, ReadOnlyMemory<byte> document, bool hasOddGroups) =>
        new(identity, document, hasOddGroups, IdentityFetchOutcome.Success, string.Empty);

    public static IdentityFetchResult Failure(IdentityFetchOutcome outcome, string detail) => new(null, default, false, outcome, detail);
}
