using System.Text.Json;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>The names of a payload's members that tokens usually have: one text each, which costs nothing and no cached token keeps for itself.</summary>
internal static class MemberTypes
{
    /// <summary>Source: RFC 7519, section 4.1.7.</summary>
    public const string TokenId = "jti";

    /// <summary>Source: OpenID Connect Core 1.0, section 2.</summary>
    public const string AuthorizedParty = "azp";

    private static readonly string[] All =
    [
        AccessClaimTypes.Audience, AccessClaimTypes.Expiration, AccessClaimTypes.IssuedAt, AccessClaimTypes.NotBefore, AccessClaimTypes.Issuer,
        AccessClaimTypes.Subject, TokenId, AuthorizedParty, AccessClaimTypes.Type, AccessClaimTypes.Email, AccessClaimTypes.Custom,
        AccessClaimTypes.Country, AccessClaimTypes.CommonName, AccessClaimTypes.IdentityNonce,
    ];

    /// <summary>The name that the reader stands on, whatever its spelling; nothing if it is an unusual one.</summary>
    public static string? Known(in Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? Array.Find(All, reader.GetString()!.Equals) : Known(reader.ValueSpan);

    /// <summary>Whether an unusual name differs from a usual one in case only. <c>RequireClaim</c> would take the one for the other.</summary>
    public static bool IsLookAlike(string name) => Array.Exists(All, usual => usual.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string? Known(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 when name.SequenceEqual("aud"u8) => AccessClaimTypes.Audience,
        3 when name.SequenceEqual("exp"u8) => AccessClaimTypes.Expiration,
        3 when name.SequenceEqual("iat"u8) => AccessClaimTypes.IssuedAt,
        3 when name.SequenceEqual("nbf"u8) => AccessClaimTypes.NotBefore,
        3 when name.SequenceEqual("iss"u8) => AccessClaimTypes.Issuer,
        3 when name.SequenceEqual("sub"u8) => AccessClaimTypes.Subject,
        3 when name.SequenceEqual("jti"u8) => TokenId,
        3 when name.SequenceEqual("azp"u8) => AuthorizedParty,
        4 when name.SequenceEqual("type"u8) => AccessClaimTypes.Type,
        5 when name.SequenceEqual("email"u8) => AccessClaimTypes.Email,
        6 when name.SequenceEqual("custom"u8) => AccessClaimTypes.Custom,
        7 when name.SequenceEqual("country"u8) => AccessClaimTypes.Country,
        11 when name.SequenceEqual("common_name"u8) => AccessClaimTypes.CommonName,
        14 when name.SequenceEqual("identity_nonce"u8) => AccessClaimTypes.IdentityNonce,
        _ => null,
    };
}
