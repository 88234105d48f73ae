using System.Runtime.CompilerServices;
using System.Text.Json;
using CfAccess.Shared.Json;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>
/// The claims of a token, where they stand in its payload; verified only once its signature is. Nothing is made of one before that but what
/// it takes to decide.
/// </summary>
/// <param name="payload">All of them as they are written. Nobody changes it.</param>
internal sealed class TokenClaims(byte[] payload)
{
    private PayloadMember[] _members = new PayloadMember[16];
    private Places _places;
    private int _count;

    public ReadOnlySpan<byte> Payload => payload;

    /// <summary>All members, in their order.</summary>
    public ReadOnlySpan<PayloadMember> Members => _members.AsSpan(0, _count);

    public JsonString Issuer => TextOf(UsualMember.Issuer);

    public JsonString Type => TextOf(UsualMember.Type);

    public JsonString Email => TextOf(UsualMember.Email);

    public JsonString Subject => TextOf(UsualMember.Subject);

    public JsonString CommonName => TextOf(UsualMember.CommonName);

    public DateTimeOffset? Expiration { get; set; }

    public DateTimeOffset? NotBefore { get; set; }

    public DateTimeOffset? IssuedAt { get; set; }

    public TokenLifetime Lifetime => new(Expiration, NotBefore, IssuedAt);

    public bool HasAudience => _places[(int)UsualMember.Audience] != 0;

    /// <summary>The audiences: of an array each, or the one.</summary>
    public IEnumerable<string> Audiences
    {
        get
        {
            var audiences = new List<string>();
            var reader = ReadAudience();
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.String)
                {
                    audiences.Add(reader.GetString()!);
                }
            }

            return audiences;
        }
    }

    /// <summary>A person of an end-user application may have no email address. Source: Cloudflare One documentation, "Application token".</summary>
    public AccessCallerKind Kind => (Email.HasContent, Subject.HasContent, CommonName.HasContent) switch
    {
        (true, _, _) or (false, true, false) => AccessCallerKind.User,
        (false, false, true) => AccessCallerKind.ServiceToken,
        _ => AccessCallerKind.Unknown,
    };

    /// <summary>The text of a member; none if it is missing or is not a string.</summary>
    public JsonString TextOf(UsualMember usual) => _places[(int)usual] is > 0 and var place ? _members[place - 1].TextIn(payload) : default;

    public void Add(in PayloadMember member)
    {
        if (_count == _members.Length)
        {
            Array.Resize(ref _members, _count * 2);
        }

        _members[_count++] = member;
        _places[(int)member.Usual] = _count;
    }

    /// <summary>Whether an audience is one of these, in UTF-8.</summary>
    public bool IsForAny(byte[][] audiences)
    {
        var reader = ReadAudience();
        while (reader.Read())
        {
            foreach (var audience in audiences)
            {
                if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(audience))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private Utf8JsonReader ReadAudience() =>
        new(_places[(int)UsualMember.Audience] is > 0 and var place ? _members[place - 1].ValueIn(payload) : "[]"u8);

    /// <summary>For each usual member its number among all, from 1 on.</summary>
    [InlineArray((int)UsualMember.AuthorizedParty + 1)]
    private struct Places
    {
        private int _first;
    }
}
