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
        claims = new TokenClaims { Payload = PayloadObject.Decode(token) };
        return PayloadObject.TryRead(claims.Payload, new Members(claims));
    }

    private static bool ReadMember(ref Utf8JsonReader reader, TokenClaims claims)
    {
        var name = MemberTypes.Known(reader);
        reader.Read();
        switch (name)
        {
            case AccessClaimTypes.Issuer:
                return (claims.Issuer = ReadText(ref reader)) is not null;
            case AccessClaimTypes.Type:
                return (claims.Type = ReadType(ref reader)) is not null;
            case AccessClaimTypes.Email:
                return (claims.Email = ReadText(ref reader)) is not null;
            case AccessClaimTypes.Subject:
                return (claims.Subject = ReadText(ref reader)) is not null;
            case AccessClaimTypes.CommonName:
                return (claims.CommonName = ReadText(ref reader)) is not null;
            case AccessClaimTypes.Expiration:
                return (claims.Expiration = ReadTime(ref reader)) > DateTimeOffset.UnixEpoch;
            case AccessClaimTypes.NotBefore:
                return (claims.NotBefore = ReadTime(ref reader)) is not null;
            case AccessClaimTypes.IssuedAt:
                return (claims.IssuedAt = ReadTime(ref reader)) is not null;
            case AccessClaimTypes.Audience:
                return ReadAudiences(ref reader, claims.Audiences);
            case MemberTypes.TokenId or MemberTypes.AuthorizedParty:
                // They decide nothing, but are strings.
                var isText = reader.TokenType is JsonTokenType.String or JsonTokenType.Null;
                JsonText.Pass(ref reader);
                return isText;
            default:
                JsonText.Pass(ref reader);
                return true;
        }
    }

    /// <summary>The type of nearly every token is the one that is wanted, and so need not be a text of its own.</summary>
    private static string? ReadType(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(ClaimRules.ApplicationToken)
            ? ClaimRules.ApplicationToken
            : ReadText(ref reader);

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        reader.Skip();
        return null;
    }

    /// <summary>Reads a NumericDate (RFC 7519, section 2), which Access always writes as a whole number.</summary>
    private static DateTimeOffset? ReadTime(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var seconds) && seconds is >= 0 and <= LastSecond)
        {
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        }

        reader.Skip();
        return null;
    }

    /// <summary>Access writes an array since 2021; older service tokens hold a single string.</summary>
    private static bool ReadAudiences(ref Utf8JsonReader reader, List<string> audiences)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return Add(ReadText(ref reader));
        }

        var areText = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            areText &= Add(ReadText(ref reader));
        }

        return areText && audiences.Count > 0;

        bool Add(string? audience)
        {
            if (string.IsNullOrWhiteSpace(audience))
            {
                return false;
            }

            audiences.Add(audience);
            return true;
        }
    }

    private readonly struct Members(TokenClaims claims) : IPayloadMembers
    {
        public bool Read(ref Utf8JsonReader reader) => ReadMember(ref reader, claims);
    }
}
