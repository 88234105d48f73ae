using System.Buffers;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>Whether text is base64url in its one spelling. Source: RFC 7515, section 2; RFC 4648, sections 3.5 and 5.</summary>
internal static class Base64UrlSegment
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

    public static bool IsCanonical(ReadOnlySpan<char> segment) =>
        !segment.IsEmpty && !segment.ContainsAnyExcept(Characters) && HasNoUnusedBits(segment);

    /// <summary>
    /// The last character of two carries 4 bits that no byte uses, the last of three 2 bits: they must be zero, else one token would
    /// have several spellings. A single last character carries no byte at all.
    /// </summary>
    private static bool HasNoUnusedBits(ReadOnlySpan<char> segment) => (segment.Length % 4) switch
    {
        0 => true,
        2 => (Alphabet.IndexOf(segment[^1], StringComparison.Ordinal) & 0b1111) == 0,
        3 => (Alphabet.IndexOf(segment[^1], StringComparison.Ordinal) & 0b11) == 0,
        _ => false,
    };
}
