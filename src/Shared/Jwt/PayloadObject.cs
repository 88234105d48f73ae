using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;
using CfAccess.Shared.Json;

namespace CfAccess.Shared.Jwt;

/// <summary>What takes the members of a payload, one after the other.</summary>
internal interface IPayloadMembers
{
    /// <summary>Whether a member whose name is not valid Unicode is ignored. Otherwise it makes the payload malformed.</summary>
    static abstract bool IgnoresInvalidNames { get; }

    /// <summary>Reads the member on whose name the reader is, to the last token of its value.</summary>
    /// <returns>
    /// <see cref="PayloadProblem.Malformed"/> if a string that matters is not valid Unicode, <see cref="PayloadProblem.InvalidMember"/> if
    /// the member does not have the shape that it must have, or null.
    /// </returns>
    PayloadProblem? Read(ref Utf8JsonReader reader);
}

/// <summary>Reads a payload more strictly than <c>JsonWebTokenHandler</c> does: one JSON object and nothing after it, no member twice.</summary>
internal static class PayloadObject
{
    /// <summary>More members than tokens have; the names of further ones cost memory.</summary>
    private const int FewMembers = 32;

    /// <summary>Decodes the payload of a token that is three segments of base64url.</summary>
    public static byte[] Decode(string token) => Base64Url.DecodeFromChars(
        token.AsSpan((token.IndexOf('.', StringComparison.Ordinal) + 1)..token.LastIndexOf('.')));

    public static PayloadProblem? TryRead<T>(ReadOnlySpan<byte> payload, T members)
        where T : IPayloadMembers
    {
        if (!Utf8.IsValid(payload))
        {
            return PayloadProblem.Malformed;
        }

        try
        {
            var reader = new Utf8JsonReader(payload);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return PayloadProblem.Malformed;
            }

            var names = new MemberNames(payload, stackalloc Range[FewMembers]);
            PayloadProblem? problem = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var hasName = JsonString.IsUnicode(reader);
                if (hasName ? !names.TryAdd(reader) : !T.IgnoresInvalidNames)
                {
                    return PayloadProblem.Malformed;
                }

                if (!hasName)
                {
                    reader.Skip();
                    continue;
                }

                var found = members.Read(ref reader);
                if (found == PayloadProblem.Malformed)
                {
                    return found;
                }

                problem ??= found;
            }

            // One more read past the closing brace throws on trailing junk.
            reader.Read();
            return problem;
        }
        catch (JsonException)
        {
            return PayloadProblem.Malformed;
        }
    }
}
