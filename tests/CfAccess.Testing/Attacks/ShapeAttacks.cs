using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CfAccess.Testing.Attacks;

/// <summary>Lines 6, 7 and 28: the wrong number of segments, another serialization, too long.</summary>
internal static class ShapeAttacks
{
    private const int UsualLimit = 16 * 1024;
    private const int BombLength = 10 * 1024 * 1024;

    public static IEnumerable<Attack> All => [.. Segments, .. Dots, .. Serializations, .. TooLong, .. ManyClaims];

    private static IEnumerable<Attack> Segments =>
    [
        Cut("1 segment", parts => parts[0]),
        Cut("2 segments, without payload", parts => $"{parts[0]}.{parts[2]}"),
        Cut("2 segments, without header", parts => $"{parts[1]}.{parts[2]}"),
        Cut("2 segments, without signature", parts => $"{parts[0]}.{parts[1]}"),
        Cut("4 segments, one behind", parts => $"{string.Join('.', parts)}.{parts[2]}"),
        Cut("4 segments, one in front", parts => $"{parts[0]}.{string.Join('.', parts)}"),
        Cut("4 segments, an empty one behind", parts => $"{string.Join('.', parts)}."),
        Cut("4 segments, an empty one in front", parts => $".{string.Join('.', parts)}"),
        Cut("4 segments, an empty one inside", parts => $"{parts[0]}..{parts[1]}.{parts[2]}"),
        Cut("5 segments", parts => $"{string.Join('.', parts)}.{parts[1]}.{parts[2]}"),
        Cut("6 segments, the token twice", parts => $"{string.Join('.', parts)}.{string.Join('.', parts)}"),
        Cut("an empty header segment", parts => $".{parts[1]}.{parts[2]}"),
        Cut("an empty payload segment", parts => $"{parts[0]}..{parts[2]}"),
        Attack.OnToken(6, "an empty payload segment, signed", "malformed", (bench, token) =>
            bench.Team.SignSegments(token.Split('.')[0], string.Empty)),
    ];

    private static IEnumerable<Attack> Dots =>
    [
        .. from count in new[] { 1, 2, 3, 4 }
           select Attack.OnToken(6, $"dots only, {count} of them", "malformed", (_, _) => new string('.', count)),
        Attack.OnToken(6, "100,000 dots", "too_long", (_, _) => new string('.', 100_000)),
        Attack.OnToken(6, "100,000 dots where tokens may be as long", "malformed", (_, _) => new string('.', 100_000))
            with { Setting = AttackSetting.LongTokens },
        Attack.OnToken(6, "100,000 dots inside a good token where tokens may be as long", "malformed", (_, token) =>
            token.Replace(".", new string('.', 50_000), StringComparison.Ordinal)) with { Setting = AttackSetting.LongTokens },
    ];

    private static IEnumerable<Attack> Serializations =>
    [
        Attack.OnToken(6, "a JWE whose plaintext is a good token", "malformed", (bench, token) =>
            Jwe(bench, Encoding.ASCII.GetBytes(token), new()
        {
            ["cty"] = "JWT",
        })),
        Attack.OnToken(6, "a JWE with a compression bomb", "malformed", (bench, _) => Jwe(bench, Deflated(new byte[BombLength]), new()
        {
            ["zip"] = "DEF",
        })),
        Attack.OnToken(6, "a JWS in JSON serialization, flattened", "malformed", (_, token) => new JsonObject
        {
            ["payload"] = token.Split('.')[1],
            ["protected"] = token.Split('.')[0],
            ["signature"] = token.Split('.')[2],
        }.ToJsonString()),
        Attack.OnToken(6, "a JWS in JSON serialization, general", "malformed", (_, token) => new JsonObject
        {
            ["payload"] = token.Split('.')[1],
            ["signatures"] = new JsonArray(new JsonObject { ["protected"] = token.Split('.')[0], ["signature"] = token.Split('.')[2] }),
        }.ToJsonString()),
        Attack.OnToken(6, "a JWS in JSON serialization, as base64url", "malformed", (_, token) =>
            Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{{\"payload\":\"{token.Split('.')[1]}\",\"protected\":\"{token.Split('.')[0]}\"}}"))),
    ];

    private static IEnumerable<Attack> TooLong =>
    [
        new(7, "a token one character longer than the limit", "too_long")
        {
            Good = bench => AttackRequest.Asserting(OfLength(bench, UsualLimit)),
            Bad = (bench, _) => [AttackRequest.Asserting(OfLength(bench, UsualLimit + 1))],
        },
        new(7, "a token one character longer than a limit that was raised", "too_long")
        {
            Good = bench => AttackRequest.Asserting(OfLength(bench, AttackHost.LongTokenLength)),
            Bad = (bench, _) => [AttackRequest.Asserting(OfLength(bench, AttackHost.LongTokenLength + 1))],
            Setting = AttackSetting.LongTokens,
        },
        new(7, "a token one character longer than the limit, in the cookie", "too_long")
        {
            Good = bench => AttackRequest.WithCookie("CF_Authorization=" + OfLength(bench, UsualLimit)),
            Bad = (bench, _) => [AttackRequest.WithCookie("CF_Authorization=" + OfLength(bench, UsualLimit + 1))],
        },
        Attack.OnToken(7, "300,000 letters", "too_long", (_, _) => new string('a', 300_000)),
        Attack.OnToken(7, "300,000 characters outside base64url", "too_long", (_, _) => new string('%', 300_000)),
    ];

    private static IEnumerable<Attack> ManyClaims =>
    [
        Attack.OnDraft(28, "10,000 claims", "too_long", (_, draft) => draft.BodyText(TokenDraft.Appending(
            string.Join(',', Enumerable.Range(0, 10_000).Select(number => $"\"claim{number}\":{number}"))))),
        Attack.OnDraft(28, "a huge custom text", "too_long", (_, draft) => draft.Body(payload =>
            payload["custom"] = new JsonObject { ["department"] = new string('d', 20_000) })),
        Attack.OnDraft(28, "a huge custom list of groups", "too_long", (_, draft) => draft.Body(payload =>
            payload["custom"] = new JsonObject { ["groups"] = new JsonArray([.. Enumerable.Range(0, 3_000).Select(number =>
                JsonValue.Create($"g{number}"))]) })),
        Attack.OnDraft(28, "a huge custom beyond a limit that was raised", "too_long", (_, draft) => draft.Body(payload =>
            payload["custom"] = new JsonObject { ["department"] = new string('d', 310_000) })) with { Setting = AttackSetting.LongTokens },
        Attack.OnDraft(28, "custom nested 1,000 levels deep", "malformed", (_, draft) => draft.BodyText(TokenDraft.Appending(
            $"\"custom\":{new string('[', 1_000)}{new string(']', 1_000)}"))),
    ];

    private static Attack Cut(string name, Func<string[], string> spoil) =>
        Attack.OnToken(6, name, "malformed", (_, token) => spoil(token.Split('.')));

    /// <summary>A good token of an exact length.</summary>
    private static string OfLength(AttackBench bench, int length)
    {
        var draft = bench.Person();
        var signature = Base64Url.GetEncodedLength(bench.Team.Key.Rsa.KeySize / 8);
        int Rest() => length - signature - 2 - Base64Url.GetEncodedLength(draft.Header.Length);
        while (Rest() % 4 == 1)
        {
            draft = draft.HeadText(json => json + " ");
        }

        return draft.BodyText(json => json.PadRight(Base64Url.GetMaxDecodedLength(Rest()))).Token;
    }

    /// <summary>Encrypts to the team's public key. Source: RFC 7516, section 5.1.</summary>
    private static string Jwe(AttackBench bench, byte[] plaintext, JsonObject members)
    {
        members["alg"] = "RSA-OAEP";
        members["enc"] = "A256GCM";
        members["kid"] = bench.Team.Key.Kid;
        var header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(members.ToJsonString()));
        var key = RandomNumberGenerator.GetBytes(32);
        var nonce = RandomNumberGenerator.GetBytes(12);
        var ciphertext = new byte[plaintext.Length];
        var tag = new byte[16];
        using var aes = new AesGcm(key, tag.Length);
        aes.Encrypt(nonce, plaintext, ciphertext, tag, Encoding.ASCII.GetBytes(header));
        byte[][] segments = [bench.Team.Key.Rsa.Encrypt(key, RSAEncryptionPadding.OaepSHA1), nonce, ciphertext, tag];
        return $"{header}.{string.Join('.', segments.Select(segment => Base64Url.EncodeToString(segment)))}";
    }

    private static byte[] Deflated(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var deflate = new DeflateStream(compressed, CompressionLevel.SmallestSize))
        {
            deflate.Write(content);
        }

        return compressed.ToArray();
    }
}
