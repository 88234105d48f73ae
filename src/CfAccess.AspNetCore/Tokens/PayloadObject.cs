using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>What takes the members of a payload, one after the other.</summary>
internal interface IPayloadMembers
{
    /// <summary>Reads the member on whose name the reader stands, to the last token of its value.</summary>
    /// <returns>Whether it has the shape that it must have.</returns>
    bool Read(ref Utf8JsonReader reader);
}

/// <summary>Reads a payload more strictly than <c>JsonWebTokenHandler</c> does: one JSON object and nothing after it, no member twice.</summary>
internal static class PayloadObject
{
    /// <summary>More members than tokens have; the names of further ones cost memory.</summary>
    private const int FewMembers = 32;

    /// <summary>Decodes the payload of a token that is three segments of base64url.</summary>
    public static byte[] Decode(string token) => Base64Url.DecodeFromChars(
        token.AsSpan((token.IndexOf('.', StringComparison.Ordinal) + 1)..token.LastIndexOf('.')));

    public static AccessFailureReason? TryRead<T>(ReadOnlySpan<byte> payload, T members)
        where T : IPayloadMembers
    {
        if (!Utf8.IsValid(payload))
        {
            return AccessFailureReason.Malformed;
        }

        try
        {
            var reader = new Utf8JsonReader(payload);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return AccessFailureReason.Malformed;
            }

            var names = new MemberNames(payload, stackalloc Range[FewMembers]);
            var areValid = true;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!names.TryAdd(reader))
                {
                    return AccessFailureReason.Malformed;
                }

                areValid &= members.Read(ref reader);
            }

            // One more read past the closing brace throws on trailing junk.
            reader.Read();
            return areValid ? null : AccessFailureReason.InvalidClaims;
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
}
