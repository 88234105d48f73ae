using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CfAccess.Shared.Json;
using CfAccess.Shared.Jwt;

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
        return PayloadObject.TryRead(payload, new Members(claims)).ToReason();
    }

    private static PayloadProblem? ReadMember(ref Utf8JsonReader reader, TokenClaims claims)
    {
        var member = PayloadMember.At(reader);
        reader.Read();
        member = member with { Type = reader.TokenType, HasEscapes = reader.ValueIsEscaped, Start = (int)reader.TokenStartIndex };
        var isValid = member.Usual switch
        {
            UsualMember.Issuer or UsualMember.Type => reader.TokenType == JsonTokenType.String,
            UsualMember.Email or UsualMember.Subject or UsualMember.CommonName => reader.TokenType is JsonTokenType.String or JsonTokenType.Null,
            UsualMember.Expiration => (claims.Expiration = ReadTime(ref reader)) > DateTimeOffset.UnixEpoch,
            UsualMember.NotBefore => (claims.NotBefore = ReadTime(ref reader)) is not null,
            UsualMember.IssuedAt => (claims.IssuedAt = ReadTime(ref reader)) is not null,
            UsualMember.Audience => AreAudiences(reader),
            _ => true,
        };
        if (!JsonString.TryPass(ref reader))
        {
            // A member that the library does not read is ignored as a whole: its claim could not be read either.
            return member.Usual.IsRead() ? PayloadProblem.Malformed : null;
        }

        if (!IsIgnored(member))
        {
            claims.Add(member with { End = (int)reader.BytesConsumed });
        }

        return isValid ? null : PayloadProblem.InvalidMember;
    }

    /// <summary>Both are strings by their standards, and neither decides anything: another type is as good as no such member.</summary>
    private static bool IsIgnored(in PayloadMember member) =>
        member is { Usual: UsualMember.TokenId or UsualMember.AuthorizedParty, Type: not JsonTokenType.String };

    /// <summary>Access writes an array since 2021; older service tokens hold a single string.</summary>
    private static bool AreAudiences(Utf8JsonReader reader)
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
            reader.Skip();
        }

        return areAll && areAny;
    }

    /// <summary>Whether it is a string that is valid Unicode and not blank.</summary>
    private static bool IsAudience(in Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
        && JsonString.IsUnicode(reader)
        && ((!reader.ValueIsEscaped && reader.ValueSpan.ContainsAnyInRange((byte)'!', (byte)'~')) || !string.IsNullOrWhiteSpace(reader.GetString()));

    /// <returns>The string, or null if the value is not a string or not valid Unicode.</returns>
    public static string? ReadText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return JsonString.IsUnicode(reader) ? reader.GetString() : null;
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
        public static bool IgnoresInvalidNames => true;

        public PayloadProblem? Read(ref Utf8JsonReader reader) => ReadMember(ref reader, claims);
    }
}
