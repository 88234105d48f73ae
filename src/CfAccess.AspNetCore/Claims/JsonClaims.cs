using System.Buffers.Text;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using CfAccess.AspNetCore.Tokens;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CfAccess.AspNetCore.Claims;

/// <summary>What a value in JSON is as claims: one of each element where it is an array, none of a null; numbers and objects as they are written.</summary>
internal static class JsonClaims
{
    /// <param name="type">The type of the claims.</param>
    /// <param name="member">The member whose value it is.</param>
    /// <param name="payload">Where the member stands.</param>
    /// <param name="claims">Where they go.</param>
    public static void Add(string type, in PayloadMember member, ReadOnlySpan<byte> payload, List<PreparedClaim> claims)
    {
        if (member.TextIn(payload).GetString() is { } text)
        {
            claims.Add(new(type, text, ClaimValueTypes.String));
            return;
        }

        var json = member.ValueIn(payload);
        if (member.Type == JsonTokenType.Number)
        {
            claims.Add(OfNumber(type, json));
            return;
        }

        var reader = new Utf8JsonReader(json);
        reader.Read();
        Add(type, ref reader, json, claims);
    }

    /// <param name="type">The type of the claims.</param>
    /// <param name="reader">Stands on the value; afterwards on the last token of it.</param>
    /// <param name="json">What the reader reads.</param>
    /// <param name="claims">Where they go.</param>
    public static void Add(string type, ref Utf8JsonReader reader, ReadOnlySpan<byte> json, List<PreparedClaim> claims)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            AddOne(type, ref reader, json, claims);
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            AddOne(type, ref reader, json, claims);
        }
    }

    /// <summary>The object or array on whose beginning the reader stands, as it is written.</summary>
    public static ReadOnlySpan<byte> ReadRaw(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }

    private static void AddOne(string type, ref Utf8JsonReader reader, ReadOnlySpan<byte> json, List<PreparedClaim> claims)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                claims.Add(new(type, reader.GetString()!, ClaimValueTypes.String));
                break;
            case JsonTokenType.True:
                claims.Add(new(type, "true", ClaimValueTypes.Boolean));
                break;
            case JsonTokenType.False:
                claims.Add(new(type, "false", ClaimValueTypes.Boolean));
                break;
            case JsonTokenType.Number:
                claims.Add(OfNumber(type, reader.ValueSpan));
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                claims.Add(new(type, Encoding.UTF8.GetString(ReadRaw(ref reader, json)), JsonClaimValueTypes.Json));
                break;
        }
    }

    private static PreparedClaim OfNumber(string type, ReadOnlySpan<byte> digits) => new(
        type,
        Encoding.ASCII.GetString(digits),
        Utf8Parser.TryParse(digits, out long _, out var read) && read == digits.Length ? ClaimValueTypes.Integer64 : ClaimValueTypes.Double);
}
