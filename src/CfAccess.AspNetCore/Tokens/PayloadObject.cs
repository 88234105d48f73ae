using System.Buffers;
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

    /// <summary>Reads a token that passed the screen.</summary>
    public static AccessFailureReason? TryRead<T>(string token, T members)
        where T : IPayloadMembers
    {
        var payload = SegmentOf(token);
        var buffer = ArrayPool<byte>.Shared.Rent(Base64Url.GetMaxDecodedLength(payload.Length));
        try
        {
            var status = Base64Url.DecodeFromChars(payload, buffer, out _, out var length);
            var json = buffer.AsSpan(0, length);
            return status == OperationStatus.Done && Utf8.IsValid(json) ? Read(json, members) : AccessFailureReason.Malformed;
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
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>The segment of a token that is its payload, as it is written.</summary>
    public static ReadOnlySpan<char> SegmentOf(string token) =>
        token.AsSpan((token.IndexOf('.', StringComparison.Ordinal) + 1)..token.LastIndexOf('.'));

    private static AccessFailureReason? Read<T>(ReadOnlySpan<byte> json, T members)
        where T : IPayloadMembers
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return AccessFailureReason.Malformed;
        }

        var names = new MemberNames(json, stackalloc Range[FewMembers]);
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
}
