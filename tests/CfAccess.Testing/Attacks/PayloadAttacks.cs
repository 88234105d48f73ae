using System.Text;

namespace CfAccess.Testing.Attacks;

/// <summary>Line 26: a payload that is not one JSON object of UTF-8, though it is signed.</summary>
internal static class PayloadAttacks
{
    public static IEnumerable<Attack> All => [.. Texts, .. Bytes, .. Twice];

    private static IEnumerable<Attack> Texts =>
    [
        Payload("a list", _ => "[]"),
        Payload("a list that holds the payload", json => $"[{json}]"),
        Payload("a string", _ => "\"app\""),
        Payload("a string that holds the payload", json => $"\"{json.Replace("\"", "\\\"", StringComparison.Ordinal)}\""),
        Payload("a number", _ => "1"),
        Payload("true", _ => "true"),
        Payload("null", _ => "null"),
        Payload("blank", _ => "   "),
        Payload("not JSON", _ => "sub=alice&type=app"),
        Payload("cut off before its end", json => json[..^1]),
        Payload("cut off in a string", json => json[..^3]),
        Payload("cut in half", json => json[..(json.Length / 2)]),
        Payload("with junk behind", json => json + "x"),
        Payload("with a second payload behind", json => json + json),
        Payload("with a closing brace behind", json => json + "}"),
        Payload("with a comma behind", json => json + ","),
        Payload("with a NUL behind", json => json + "\0"),
        Payload("with a comment behind", json => json + "/* app */"),
        Payload("with a comment in front", json => "/* app */" + json),
        Payload("with a comment inside", TokenDraft.Appending("/* app */\"x\":1")),
        Payload("with a line comment inside", TokenDraft.Appending("// app\n\"x\":1")),
        Payload("with a trailing comma", json => json[..^1] + ",}"),
        Payload("with single quotes", json => json.Replace('"', '\'')),
        Payload("with a name without quotes", TokenDraft.Appending("x:1")),
        Payload("with a member without a value", TokenDraft.Appending("\"x\":")),
        Payload("with NaN", TokenDraft.Appending("\"x\":NaN")),
        Payload("with a raw line break in a string", TokenDraft.Appending("\"x\":\"a\nb\"")),
        Payload("nested 1,000 levels deep", TokenDraft.Appending($"\"x\":{new string('[', 1_000)}{new string(']', 1_000)}")),
        Payload("nested 100,000 levels deep where tokens may be as long", TokenDraft.Appending($"\"x\":{new string('[', 100_000)}{new string(']', 100_000)}"))
            with { Setting = AttackSetting.LongTokens },
        Payload("nested 100,000 levels deep and never closed, where tokens may be as long", TokenDraft.Appending($"\"x\":{new string('[', 100_000)}"))
            with { Setting = AttackSetting.LongTokens },
        Attack.OnDraft(26, "a payload of an empty object", "unknown_issuer", (_, draft) => draft.BodyText(_ => "{}")),
    ];

    private static IEnumerable<Attack> Bytes =>
    [
        PayloadBytes("with a BOM", json => [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(json)]),
        PayloadBytes("in UTF-16", Encoding.Unicode.GetBytes),
        PayloadBytes("in UTF-16 with a BOM", json => [0xff, 0xfe, .. Encoding.Unicode.GetBytes(json)]),
        PayloadBytes("with a byte that is not UTF-8 in a value", json => With(json, "US", [0xff])),
        PayloadBytes("with an overlong slash in a value", json => With(json, "US", [0xc0, 0xaf])),
        PayloadBytes("with an encoded surrogate in a value", json => With(json, "US", [0xed, 0xa0, 0x80])),
        PayloadBytes("with a byte that is not UTF-8 behind", json => [.. Encoding.UTF8.GetBytes(json), 0xff]),
        PayloadBytes("of one zero byte", _ => [0]),
    ];

    private static IEnumerable<Attack> Twice =>
    [
        .. from member in new[]
           {
               ("aud", $"\"{TestTeam.Audience}\"", $"\"{TestTeam.OtherAudience}\""),
               ("exp", "32503680000", "1"),
               ("iss", $"\"{TestTeam.Issuer}\"", "\"https://evil.example\""),
               ("nbf", "1", "32503680000"),
               ("iat", "1", "32503680000"),
               ("email", $"\"{TestTeam.Email}\"", "\"mallory@example.com\""),
               ("sub", $"\"{TestTeam.Subject}\"", "\"\""),
               ("country", "\"US\"", "\"CU\""),
           }
           from attack in Doubled(member.Item1, member.Item2, member.Item3)
           select attack,
        Payload("with a member twice that nobody knows", TokenDraft.Appending("\"x\":1,\"x\":2")),
        Payload("with custom twice", TokenDraft.Appending("\"custom\":{},\"custom\":{\"groups\":[\"platform\"]}")),
        Payload("with an empty name twice", TokenDraft.Appending("\"\":1,\"\":2")),
    ];

    private static IEnumerable<Attack> Doubled(string name, string good, string bad) =>
    [
        Payload($"with {name} twice, the good one first", TokenDraft.Appending($"\"{name}\":{bad}")),
        Payload($"with {name} twice, the good one last", TokenDraft.Prepending($"\"{name}\":{bad}")),
        Payload($"with {name} twice, both good", TokenDraft.Appending($"\"{name}\":{good}")),
        Payload($"with {name} twice, once with an escape in its name", TokenDraft.Appending($"\"\\u00{(int)name[0]:x2}{name[1..]}\":{bad}")),
    ];

    private static byte[] With(string json, string text, byte[] bytes)
    {
        var parts = json.Split($"\"{text}\"");
        return [.. Encoding.UTF8.GetBytes(parts[0]), (byte)'"', .. bytes, (byte)'"', .. Encoding.UTF8.GetBytes(parts[1])];
    }

    private static Attack Payload(string what, Func<string, string> spoil) =>
        Attack.OnDraft(26, $"a payload {what}", "malformed", (_, draft) => draft.BodyText(spoil));

    private static Attack PayloadBytes(string what, Func<string, byte[]> spoil) =>
        Attack.OnToken(26, $"a payload {what}", "malformed", (bench, _) =>
        bench.Team.Sign(Encoding.UTF8.GetBytes(bench.Person().Header), spoil(bench.Person().Payload)));
}
