using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;

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

    private const int MaximumHeaderMembers = 16;

    private static ReadOnlySpan<byte> JsonBlanks => " \t\r\n"u8;

    private static readonly JsonReaderOptions HeaderJson = new() { MaxDepth = 4 };

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
        var status = Base64Url.DecodeFromChars(segments.Header, buffer, out _, out var length);
        var json = buffer[..length];
        if (status != OperationStatus.Done || !Utf8.IsValid(json) || json.Trim(JsonBlanks) is not [(byte)'{', .., (byte)'}'])
        {
            return AccessFailureReason.Malformed;
        }

        try
        {
            return CheckHeader(json, out kid);
        }
        catch (JsonException)
        {
            return AccessFailureReason.Malformed;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape: valid JSON that is no text.
            return AccessFailureReason.Malformed;
        }
    }

    private static AccessFailureReason? CheckHeader(ReadOnlySpan<byte> json, out string kid)
    {
        kid = string.Empty;
        var reader = new Utf8JsonReader(json, HeaderJson);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return AccessFailureReason.Malformed;
        }

        var names = new MemberNames(json, stackalloc Range[MaximumHeaderMembers]);
        var isRs256 = false;
        var keyId = default(Utf8JsonReader);
        AccessFailureReason? failure = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // An escaped name would be a second spelling of a member; Access escapes none.
            if (reader.ValueIsEscaped || names.Count == MaximumHeaderMembers || !names.TryAdd(reader))
            {
                return AccessFailureReason.Malformed;
            }

            var name = reader.ValueSpan;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
            {
                reader.Skip();
            }

            if (name.SequenceEqual("alg"u8))
            {
                isRs256 = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("RS256"u8);
            }
            else if (name.SequenceEqual("kid"u8))
            {
                keyId = reader;
            }
            else if (IsRefusedMember(name))
            {
                failure = AccessFailureReason.UnsupportedHeader;
            }
        }

        // One more read past the closing brace throws on trailing junk.
        reader.Read();
        if (!isRs256 || failure is not null)
        {
            return isRs256 ? failure : AccessFailureReason.UnsupportedAlgorithm;
        }

        kid = keyId.TokenType == JsonTokenType.String ? keyId.GetString()! : string.Empty;
        return kid.Length == 0 ? AccessFailureReason.Malformed : null;
    }

    /// <summary>
    /// Extensions that change what the signature means (RFC 7515, section 4.1.11; RFC 7797, section 3) and keys that a token brings or
    /// points at (RFC 7515, sections 4.1.2 to 4.1.8; RFC 8725, section 3.10).
    /// </summary>
    private static bool IsRefusedMember(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("crit"u8)
        || name.SequenceEqual("b64"u8)
        || name.SequenceEqual("jwk"u8)
        || name.SequenceEqual("jku"u8)
        || name.SequenceEqual("x5u"u8)
        || name.SequenceEqual("x5c"u8)
        || name.SequenceEqual("x5t"u8)
        || name.SequenceEqual("x5t#S256"u8);
}
