using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>
/// Reads the deciding claims, more strictly than <c>JsonWebTokenHandler</c> does: one JSON object and nothing after it, no member twice,
/// times as whole numbers of seconds.
/// </summary>
internal static class PayloadReader
{
    /// <summary>The last second of year 9999, beyond which .NET has no time.</summary>
    private const long LastSecond = 253402300799;

    /// <summary>More members than Access sends; the names of further ones cost memory.</summary>
    private const int FewMembers = 32;

    /// <summary>Reads a token that passed the screen.</summary>
    public static AccessFailureReason? TryRead(string token, [NotNull] out TokenClaims claims)
    {
        claims = new TokenClaims();
        var payload = token.AsSpan((token.IndexOf('.', StringComparison.Ordinal) + 1)..token.LastIndexOf('.'));
        var buffer = ArrayPool<byte>.Shared.Rent(Base64Url.GetMaxDecodedLength(payload.Length));
        try
        {
            var status = Base64Url.DecodeFromChars(payload, buffer, out _, out var length);
            var json = buffer.AsSpan(0, length);
            return status == OperationStatus.Done && Utf8.IsValid(json) ? Read(json, claims) : AccessFailureReason.Malformed;
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

    private static AccessFailureReason? Read(ReadOnlySpan<byte> json, TokenClaims claims)
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

            areValid &= ReadMember(ref reader, claims);
        }

        // One more read past the closing brace throws on trailing junk.
        reader.Read();
        return areValid ? null : AccessFailureReason.InvalidClaims;
    }

    private static bool ReadMember(ref Utf8JsonReader reader, TokenClaims claims)
    {
        var name = KnownName(reader);
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
            default:
                Pass(ref reader);
                return true;
        }
    }

    /// <summary>The name that the reader stands on, if it may be one that decides; without making a text of every other.</summary>
    private static string? KnownName(in Utf8JsonReader reader) => reader.ValueIsEscaped ? reader.GetString() : KnownName(reader.ValueSpan);

    private static string? KnownName(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("aud"u8) ? AccessClaimTypes.Audience
        : name.SequenceEqual("email"u8) ? AccessClaimTypes.Email
        : name.SequenceEqual("exp"u8) ? AccessClaimTypes.Expiration
        : name.SequenceEqual("iat"u8) ? AccessClaimTypes.IssuedAt
        : name.SequenceEqual("nbf"u8) ? AccessClaimTypes.NotBefore
        : name.SequenceEqual("iss"u8) ? AccessClaimTypes.Issuer
        : name.SequenceEqual("type"u8) ? AccessClaimTypes.Type
        : name.SequenceEqual("sub"u8) ? AccessClaimTypes.Subject
        : name.SequenceEqual("common_name"u8) ? AccessClaimTypes.CommonName
        : null;

    /// <summary>Passes over a value, which the principal may read later: texts that are none, deep inside it too, are found here.</summary>
    private static void Pass(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        do
        {
            if (reader.ValueIsEscaped)
            {
                reader.GetString();
            }
        }
        while ((reader.CurrentDepth > depth || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) && reader.Read());
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
}
