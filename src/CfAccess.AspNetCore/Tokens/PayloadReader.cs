using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>Reads the deciding claims: texts as strings, times as whole numbers of seconds.</summary>
internal static class PayloadReader
{
    /// <summary>The last second of year 9999, beyond which .NET has no time.</summary>
    private const long LastSecond = 253402300799;

    /// <summary>Reads a token that passed the screen.</summary>
    public static AccessFailureReason? TryRead(string token, [NotNull] out TokenClaims claims)
    {
        var payload = PayloadObject.Decode(token);
        claims = new TokenClaims(payload);
        return PayloadObject.TryRead(payload, new Members(claims));
    }

    private static bool ReadMember(ref Utf8JsonReader reader, TokenClaims claims)
    {
        var member = PayloadMember.At(reader);
        reader.Read();
        member = member with { Type = reader.TokenType, HasEscapes = reader.ValueIsEscaped, Start = (int)reader.TokenStartIndex };
        var isValid = member.Usual switch
        {
            UsualMember.Issuer or UsualMember.Type or UsualMember.Email or UsualMember.Subject or UsualMember.CommonName =>
                reader.TokenType == JsonTokenType.String,
            UsualMember.Expiration => (claims.Expiration = ReadTime(ref reader)) > DateTimeOffset.UnixEpoch,
            UsualMember.NotBefore => (claims.NotBefore = ReadTime(ref reader)) is not null,
            UsualMember.IssuedAt => (claims.IssuedAt = ReadTime(ref reader)) is not null,
            UsualMember.Audience => AreAudiences(ref reader),

            // They decide nothing, but are strings.
            UsualMember.TokenId or UsualMember.AuthorizedParty => reader.TokenType is JsonTokenType.String or JsonTokenType.Null,
            _ => true,
        };
        JsonText.Pass(ref reader);
        claims.Add(member with { End = (int)reader.BytesConsumed });
        return isValid;
    }

    /// <summary>Access writes an array since 2021; older service tokens hold a single string.</summary>
    private static bool AreAudiences(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return IsAudience(reader);
        }

        var (areAll, areAny) = (true, false);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            areAll &= IsAudience(reader);
            areAny = true;
            JsonText.Pass(ref reader);
        }

        return areAll && areAny;
    }

    /// <summary>Whether it is a text, and not blank.</summary>
    private static bool IsAudience(in Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
        && ((!reader.ValueIsEscaped && reader.ValueSpan.ContainsAnyInRange((byte)'!', (byte)'~')) || !string.IsNullOrWhiteSpace(reader.GetString()));

    public static string? ReadText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        reader.Skip();
        return null;
    }

    /// <summary>Reads a NumericDate (RFC 7519, section 2), which Access always writes as a whole number.</summary>
    public static DateTimeOffset? ReadTime(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var seconds) && seconds is >= 0 and <= LastSecond)
        {
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        }

        reader.Skip();
        return null;
    }

    private readonly struct Members(TokenClaims claims) : IPayloadMembers
    {
        public bool Read(ref Utf8JsonReader reader) => ReadMember(ref reader, claims);
    }
}
