using CfAccess.Shared.Jwt;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>
/// What a flood meets first: refuses, without cryptography, exceptions for common garbage, or allocation, whatever cannot be an Access
/// token, and finds the <c>kid</c> of what can.
/// </summary>
internal static class TokenScreen
{
    /// <summary>Access sends about 130 characters. The bound keeps the decoded header on the stack.</summary>
    private const int MaximumHeaderLength = 2048;

    /// <summary>The stack is cleared before its use: for a header of the usual length, not more of it than that.</summary>
    private const int UsualHeaderLength = 256;

    private const HeaderDemands Refused = HeaderDemands.Extension | HeaderDemands.OwnKey;

    public static AccessFailureReason? Check(string token, int maximumLength, out string kid) =>
        Check(token, maximumLength, known: null, out kid);

    /// <param name="token">What a client sent.</param>
    /// <param name="maximumLength">The longest token that is looked at, in characters.</param>
    /// <param name="known">Headers that passed before, which need not be read again.</param>
    /// <param name="kid">The key id, where the token passes.</param>
    /// <returns>Why the token is refused, or nothing.</returns>
    public static AccessFailureReason? Check(string token, int maximumLength, KnownHeaders? known, out string kid)
    {
        kid = string.Empty;
        if (token.Length > maximumLength)
        {
            return AccessFailureReason.TooLong;
        }

        if (!CompactToken.TrySplit(token, out var segments) || segments.Header.Length > MaximumHeaderLength)
        {
            return AccessFailureReason.Malformed;
        }

        if (known?.KidOf(segments.Header) is { } knownKid)
        {
            kid = knownKid;
            return null;
        }

        Span<byte> buffer = segments.Header.Length <= UsualHeaderLength
            ? stackalloc byte[UsualHeaderLength / 4 * 3]
            : stackalloc byte[MaximumHeaderLength / 4 * 3];
        if (!TokenHeader.TryRead(segments.Header, buffer, out var header))
        {
            return AccessFailureReason.Malformed;
        }

        if (!header.IsAlgorithm("RS256"u8))
        {
            return AccessFailureReason.UnsupportedAlgorithm;
        }

        if ((header.Demands & Refused) != HeaderDemands.None)
        {
            return AccessFailureReason.UnsupportedHeader;
        }

        kid = header.GetKeyId();
        return kid.Length == 0 ? AccessFailureReason.Malformed : null;
    }
}
