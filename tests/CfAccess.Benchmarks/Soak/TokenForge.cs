using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.Benchmarks.Soak;

/// <summary>Makes one key's tokens, good and bad. No code of the library takes part.</summary>
internal sealed class TokenForge(int index, TestKey key, string issuer, TimeProvider clock)
{
    /// <summary>As the key set of the team names it, but made by somebody else.</summary>
    private static readonly TestKey Foreign = TestKey.Get("foreign");

    private readonly TokenMinter _minter = new(clock, key);

    public SoakToken Genuine(TimeSpan life)
    {
        var payload = Payload(life);
        return new SoakToken(TokenKind.Current, _minter.Sign(payload), index, ExpiryOf(payload));
    }

    public SoakToken Expired(TimeSpan ago) => Bad(TokenKind.Expired, _minter.Sign(Payload(-ago)));

    public SoakToken OtherApplication()
    {
        var payload = Payload(TimeSpan.FromHours(1));
        payload["aud"] = new JsonArray(TestTeam.OtherAudience);
        return Bad(TokenKind.OtherApplication, _minter.Sign(payload));
    }

    public SoakToken BadSignature(Random random)
    {
        var token = _minter.Sign(Payload(TimeSpan.FromHours(1)));
        var cut = token.LastIndexOf('.') + 1;
        var signature = Base64UrlEncoder.DecodeBytes(token[cut..]);
        signature[random.Next(signature.Length)] ^= (byte)(1 << random.Next(8));
        return Bad(TokenKind.BadSignature, token[..cut] + Base64UrlEncoder.Encode(signature));
    }

    public SoakToken SignedWithAnotherKey() => Bad(
        TokenKind.SignedWithAnotherKey,
        new TokenMinter(clock, Foreign).Sign(Payload(TimeSpan.FromHours(1)), header => header["kid"] = key.Kid));

    public SoakToken Unsigned() => Bad(TokenKind.Unsigned, Sign("none", _ => []));

    public SoakToken HmacWithThePublicKey(bool asPem)
    {
        var secret = asPem ? Encoding.ASCII.GetBytes(key.Rsa.ExportSubjectPublicKeyInfoPem()) : key.Rsa.ExportSubjectPublicKeyInfo();
        return Bad(TokenKind.HmacWithThePublicKey, Sign("HS256", content => HMACSHA256.HashData(secret, content)));
    }

    /// <summary>A token that is good but for a key that nobody has, or an old one of such a key.</summary>
    public SoakToken Unknown(bool isExpired) => Bad(
        isExpired ? TokenKind.ExpiredWithUnknownKey : TokenKind.UnknownKey,
        new TokenMinter(clock, Foreign).Sign(Payload(TimeSpan.FromHours(isExpired ? -1 : 1))));

    private static SoakToken Bad(TokenKind kind, string text) => new(kind, text, null, DateTimeOffset.MaxValue);

    private static DateTimeOffset ExpiryOf(JsonObject payload) => DateTimeOffset.FromUnixTimeSeconds(payload["exp"]!.GetValue<long>());

    private string Sign(string algorithm, Func<byte[], byte[]> sign)
    {
        var header = _minter.Header();
        header["alg"] = algorithm;
        return TokenMinter.Sign(header.ToJsonString(), Payload(TimeSpan.FromHours(1)).ToJsonString(), sign);
    }

    private JsonObject Payload(TimeSpan life)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var payload = _minter.Person();
        payload["iss"] = issuer;
        var expiry = now + (long)life.TotalSeconds;
        payload["iat"] = Math.Min(now, expiry - 1);
        payload["nbf"] = Math.Min(now, expiry - 1);
        payload["exp"] = expiry;
        return payload;
    }
}
