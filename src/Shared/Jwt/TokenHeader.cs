using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;
using CfAccess.Shared.Json;

namespace CfAccess.Shared.Jwt;

/// <summary>Members of a header that ask for more than a check with a key that we chose.</summary>
[Flags]
internal enum HeaderDemands
{
    None = 0,

    /// <summary>Extensions that change what the signature means. Source: RFC 7515, section 4.1.11; RFC 7797, section 3.</summary>
    Extension = 1,

    /// <summary>A key that the token brings or points at. Source: RFC 7515, sections 4.1.2 to 4.1.8; RFC 8725, section 3.10.</summary>
    OwnKey = 2,

    /// <summary>An encrypted token. Source: RFC 7516, section 4.1.2.</summary>
    Encryption = 4,
}

/// <summary>
/// What the header of a token says: its algorithm, its key, its demands. Read without exceptions for common garbage, or allocation, and
/// more strictly than most read it: one JSON object and nothing after it, no member twice, no name with escapes.
/// </summary>
internal readonly ref struct TokenHeader
{
    private const int MaximumMembers = 16;

    private static readonly JsonReaderOptions Json = new() { MaxDepth = 4 };

    private readonly JsonString _algorithm;
    private readonly JsonString _keyId;

    private TokenHeader(JsonString algorithm, JsonString keyId, HeaderDemands demands)
    {
        _algorithm = algorithm;
        _keyId = keyId;
        Demands = demands;
    }

    public HeaderDemands Demands { get; }

    /// <summary>Whether <c>alg</c> is a string.</summary>
    public bool HasAlgorithm => _algorithm.IsText;

    /// <summary>Whether <c>kid</c> is a string that is not empty.</summary>
    public bool HasKeyId => _keyId.HasContent;

    private static ReadOnlySpan<byte> JsonBlanks => " \t\r\n"u8;

    /// <summary>What a value begins with, the most usual first.</summary>
    private static ReadOnlySpan<byte> Beginnings => "\"{[tfn-0123456789"u8;

    public bool IsAlgorithm(ReadOnlySpan<byte> algorithm) => HasAlgorithm && _algorithm.Is(algorithm);

    public bool IsKeyId(ReadOnlySpan<byte> keyId) => HasKeyId && _keyId.Is(keyId);

    /// <summary>The <c>kid</c>, or an empty string.</summary>
    public string GetKeyId() => _keyId.GetString() ?? string.Empty;

    /// <param name="segment">The header as it is written, of the one spelling of base64url.</param>
    /// <param name="buffer">Room for what it decodes to.</param>
    /// <param name="header">What it says. It lives no longer than the buffer.</param>
    /// <returns>Whether it is a header at all.</returns>
    public static bool TryRead(ReadOnlySpan<char> segment, Span<byte> buffer, out TokenHeader header)
    {
        header = default;
        var status = Base64Url.DecodeFromChars(segment, buffer, out _, out var length);
        var json = buffer[..length];
        if (status != OperationStatus.Done || !Utf8.IsValid(json) || json.Trim(JsonBlanks) is not [(byte)'{', .., (byte)'}'])
        {
            return false;
        }

        var names = new MemberNames(json, stackalloc Range[MaximumMembers]);
        try
        {
            var reader = new Utf8JsonReader(json, Json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !IsNext("\"}"u8, reader, json))
            {
                return false;
            }

            var algorithm = default(JsonString);
            var keyId = default(JsonString);
            var demands = HeaderDemands.None;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                // An escaped name would be a second spelling of a member; nobody who means well escapes one.
                if (reader.ValueIsEscaped || names.Count == MaximumMembers || !names.TryAdd(reader))
                {
                    return false;
                }

                var name = reader.ValueSpan;
                if (!IsNext(Beginnings, reader, json))
                {
                    return false;
                }

                reader.Read();
                if (name.SequenceEqual("alg"u8))
                {
                    algorithm = JsonString.Of(reader, json);
                }
                else if (name.SequenceEqual("kid"u8))
                {
                    keyId = JsonString.Of(reader, json);
                }
                else if (!IsTextual(name) || reader.TokenType is JsonTokenType.String or JsonTokenType.Null)
                {
                    demands |= DemandOf(name);
                }
                else
                {
                    return false;
                }

                if ((!JsonString.TryPass(ref reader) && IsRead(name)) || !IsNext(",}"u8, reader, json))
                {
                    return false;
                }
            }

            // One more read past the closing brace throws on trailing junk.
            reader.Read();
            header = new TokenHeader(algorithm, keyId, demands);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>
    /// Whether the next character that is not blank is one of these. Most mistakes show there, and the reader would throw at them, which
    /// costs more than all else.
    /// </summary>
    private static bool IsNext(ReadOnlySpan<byte> expected, in Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var rest = json[(int)reader.BytesConsumed..];
        return !rest.IsEmpty && (rest[0] == expected[0] || (rest.TrimStart(JsonBlanks) is [var next, ..] && expected.Contains(next)));
    }

    /// <summary>Whether the member decides, so that it has to be valid Unicode.</summary>
    private static bool IsRead(ReadOnlySpan<byte> name) => name.SequenceEqual("alg"u8) || name.SequenceEqual("kid"u8) || IsTextual(name);

    /// <summary>Source: RFC 7515, sections 4.1.9 and 4.1.10; RFC 7516, section 4.1.3.</summary>
    private static bool IsTextual(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("typ"u8) || name.SequenceEqual("cty"u8) || name.SequenceEqual("zip"u8);

    private static HeaderDemands DemandOf(ReadOnlySpan<byte> name) => name switch
    {
        var member when member.SequenceEqual("crit"u8) || member.SequenceEqual("b64"u8) => HeaderDemands.Extension,
        var member when member.SequenceEqual("enc"u8) => HeaderDemands.Encryption,
        var member when member.SequenceEqual("jwk"u8)
            || member.SequenceEqual("jku"u8)
            || member.SequenceEqual("x5u"u8)
            || member.SequenceEqual("x5c"u8)
            || member.SequenceEqual("x5t"u8)
            || member.SequenceEqual("x5t#S256"u8) => HeaderDemands.OwnKey,
        _ => HeaderDemands.None,
    };
}
