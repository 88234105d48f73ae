using System.Numerics;

namespace CfAccess.ApiShield.Operations;

/// <summary>How literally an operation matches a request: a bit for each label of the host and each segment of the path.</summary>
/// <param name="Host">The labels that are no variables.</param>
/// <param name="Path">The segments that are no variables.</param>
/// <param name="IsOwnMethod">False for a <c>GET</c> that stands in for a <c>HEAD</c>.</param>
internal readonly record struct Specificity(ulong Host, ulong Path, bool IsOwnMethod)
{
    public const int MaximumParts = 64;

    /// <summary>An empty part is a trailing slash, which makes nothing more literal.</summary>
    public static ulong MaskOf(IReadOnlyList<string?> parts)
    {
        var mask = 0UL;
        for (var place = 0; place < parts.Count; place++)
        {
            mask |= string.IsNullOrEmpty(parts[place]) ? 0 : 1UL << (MaximumParts - 1 - place);
        }

        return mask;
    }

    /// <summary>Whether this is as literal as the other in every place, and more so in one.</summary>
    public bool Beats(in Specificity other) =>
        this != other
        && (other.Host & ~Host) == 0
        && (other.Path & ~Path) == 0
        && (IsOwnMethod || !other.IsOwnMethod);

    /// <summary>The edge's order: more literals first, then the leftmost literal; the path after the host.</summary>
    public int CompareAsEdge(in Specificity other)
    {
        var byHost = Compare(Host, other.Host);
        return byHost != 0 ? byHost : Compare(Path, other.Path);
    }

    private static int Compare(ulong one, ulong other)
    {
        var byCount = BitOperations.PopCount(one).CompareTo(BitOperations.PopCount(other));
        return byCount != 0 ? byCount : one.CompareTo(other);
    }
}
