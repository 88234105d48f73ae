using CfAccess.ApiShield.Tokens.Keys;
using CfAccess.Shared.Jwt;

namespace CfAccess.ApiShield.Tokens;

/// <summary>
/// Judges tokens by the keys of one token configuration. Every string has a verdict. <c>kid</c> and <c>alg</c> of a token only choose among
/// the keys; what is checked, and how, the key says. <c>iss</c>, <c>aud</c>, <c>iat</c> and <c>sub</c> are not read. Source:
/// https://developers.cloudflare.com/api-shield/security/jwt-validation/.
/// </summary>
internal sealed class JwtVerifier(IReadOnlyList<CredentialKey> keys, int maximumTokenLength, TimeProvider timeProvider)
{
    /// <summary>Room for a header with a certificate chain in it. The bound keeps the decoded header on the stack.</summary>
    private const int MaximumHeaderLength = 8192;

    private const HeaderDemands Refused = HeaderDemands.Extension | HeaderDemands.Encryption;

    private readonly CredentialKey[] _keys = [.. keys];

    /// <summary>Judges what was found in a request.</summary>
    public JwtVerdict Verify(in LocatedToken located) => located switch
    {
        { IsEmpty: true } => JwtVerdict.Refused(JwtFailureReason.NoToken),
        { IsAmbiguous: true } => JwtVerdict.Refused(JwtFailureReason.MultipleTokens),
        _ => Verify(located.Token!),
    };

    public JwtVerdict Verify(string token) =>
        ReasonAgainst(token) is { } reason ? JwtVerdict.Refused(reason) : JwtVerdict.Valid(token);

    private JwtFailureReason? ReasonAgainst(string token)
    {
        if (token.Length == 0)
        {
            return JwtFailureReason.NoToken;
        }

        if (Screen(token, out var key) is { } screened)
        {
            return screened;
        }

        // Unverified so far: these times only spare the cryptography for a token that is refused anyway.
        var times = new TokenTimes();
        if (PayloadObject.TryRead(PayloadObject.Decode(token), times) is { } unreadable)
        {
            return unreadable == PayloadProblem.InvalidMember ? JwtFailureReason.InvalidClaims : JwtFailureReason.Malformed;
        }

        return times.Check(timeProvider.GetUtcNow()) ?? (key!.HasSigned(token) ? null : JwtFailureReason.BadSignature);
    }

    private JwtFailureReason? Screen(string token, out CredentialKey? key)
    {
        key = null;
        if (token.Length > maximumTokenLength)
        {
            return JwtFailureReason.TooLong;
        }

        if (!CompactToken.TrySplit(token, out var segments) || segments.Header.Length > MaximumHeaderLength)
        {
            return JwtFailureReason.Malformed;
        }

        Span<byte> buffer = stackalloc byte[MaximumHeaderLength / 4 * 3];
        if (!TokenHeader.TryRead(segments.Header, buffer, out var header) || !header.HasAlgorithm)
        {
            return JwtFailureReason.Malformed;
        }

        if ((header.Demands & Refused) != HeaderDemands.None)
        {
            return JwtFailureReason.UnsupportedHeader;
        }

        if (!header.HasKeyId)
        {
            return JwtFailureReason.NoKeyId;
        }

        foreach (var candidate in _keys)
        {
            if (header.IsKeyId(candidate.KeyIdUtf8) && header.IsAlgorithm(candidate.Algorithm.Utf8))
            {
                key = candidate;
                return null;
            }
        }

        return JwtFailureReason.NoMatchingKey;
    }
}
