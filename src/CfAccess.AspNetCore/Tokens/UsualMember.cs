using System.Text.Json;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>A member that the payloads of Access usually have. Source: Cloudflare One documentation, "Application token".</summary>
internal enum UsualMember : byte
{
    /// <summary>Another.</summary>
    None,
    Audience,
    Expiration,
    IssuedAt,
    NotBefore,
    Issuer,
    Subject,
    Type,
    Email,
    Custom,
    Country,
    CommonName,
    IdentityNonce,

    /// <summary>Source: RFC 7519, section 4.1.7.</summary>
    TokenId,

    /// <summary>Source: OpenID Connect Core 1.0, section 2.</summary>
    AuthorizedParty,
}

/// <summary>The names of the usual members: one text each, which costs nothing and no cached token keeps for itself.</summary>
internal static class UsualMembers
{
    private static readonly string[] Names =
    [
        string.Empty, AccessClaimTypes.Audience, AccessClaimTypes.Expiration, AccessClaimTypes.IssuedAt, AccessClaimTypes.NotBefore,
        AccessClaimTypes.Issuer, AccessClaimTypes.Subject, AccessClaimTypes.Type, AccessClaimTypes.Email, AccessClaimTypes.Custom,
        AccessClaimTypes.Country, AccessClaimTypes.CommonName, AccessClaimTypes.IdentityNonce, "jti", "azp",
    ];

    public static string NameOf(UsualMember member) => Names[(int)member];

    /// <summary>Whether the library decides by the member. The application may read any.</summary>
    public static bool IsRead(this UsualMember member) => member is not
        (UsualMember.None or UsualMember.Country or UsualMember.IdentityNonce or UsualMember.TokenId or UsualMember.AuthorizedParty);

    /// <summary>The member on whose name the reader stands, whatever the spelling of the name.</summary>
    public static UsualMember Of(in Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? Find(reader.GetString()!, StringComparison.Ordinal) : Of(reader.ValueSpan);

    /// <summary>Whether an unusual name differs from a usual one in case only. <c>RequireClaim</c> would take the one for the other.</summary>
    public static bool IsLookAlike(string name) => Find(name, StringComparison.OrdinalIgnoreCase) != UsualMember.None;

    private static UsualMember Find(string name, StringComparison comparison)
    {
        for (var number = 1; number < Names.Length; number++)
        {
            if (Names[number].Equals(name, comparison))
            {
                return (UsualMember)number;
            }
        }

        return UsualMember.None;
    }

    private static UsualMember Of(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 when name.SequenceEqual("aud"u8) => UsualMember.Audience,
        3 when name.SequenceEqual("exp"u8) => UsualMember.Expiration,
        3 when name.SequenceEqual("iat"u8) => UsualMember.IssuedAt,
        3 when name.SequenceEqual("nbf"u8) => UsualMember.NotBefore,
        3 when name.SequenceEqual("iss"u8) => UsualMember.Issuer,
        3 when name.SequenceEqual("sub"u8) => UsualMember.Subject,
        3 when name.SequenceEqual("jti"u8) => UsualMember.TokenId,
        3 when name.SequenceEqual("azp"u8) => UsualMember.AuthorizedParty,
        4 when name.SequenceEqual("type"u8) => UsualMember.Type,
        5 when name.SequenceEqual("email"u8) => UsualMember.Email,
        6 when name.SequenceEqual("custom"u8) => UsualMember.Custom,
        7 when name.SequenceEqual("country"u8) => UsualMember.Country,
        11 when name.SequenceEqual("common_name"u8) => UsualMember.CommonName,
        14 when name.SequenceEqual("identity_nonce"u8) => UsualMember.IdentityNonce,
        _ => UsualMember.None,
    };
}
