using System.Buffers;

namespace CfAccess.Shared.Jwt;

/// <summary>Whether text is base64url in its one spelling. Source: RFC 7515, section 2; RFC 4648, sections 3.5 and 5.</summary>
internal static class Base64UrlSegment
{
    /// <summary>The characters for multiples of 16, and for multiples of 4.</summary>
    private const string FourZeroBits = "AQgw";
    private const string TwoZeroBits = "AEIMQUYcgkosw048";

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static bool IsCanonical(ReadOnlySpan<char> segment) =>
        !segment.IsEmpty && !segment.ContainsAnyExcept(Characters) && HasNoUnusedBits(segment);

    /// <summary>
    /// The last character of two carries 4 bits that no byte uses, the last of three 2 bits: they must be zero, else one token would
    /// have several spellings. A single last character carries no byte at all.
    /// </summary>
    private static bool HasNoUnusedBits(ReadOnlySpan<char> segment) => (segment.Length % 4) switch
    {
        0 => true,
        2 => FourZeroBits.Contains(segment[^1], StringComparison.Ordinal),
        3 => TwoZeroBits.Contains(segment[^1], StringComparison.Ordinal),
        _ => false,
    };
}
