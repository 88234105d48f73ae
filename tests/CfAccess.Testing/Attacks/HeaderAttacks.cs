using System.Globalization;
using System.Text;

namespace CfAccess.Testing.Attacks;

/// <summary>Line 8: a header that is not one JSON object of UTF-8; and line 25: extensions that change what a signature means.</summary>
internal static class HeaderAttacks
{
    public static IEnumerable<Attack> All => [.. NoObject, .. Bytes, .. Members, .. Extensions];

    private static IEnumerable<Attack> NoObject =>
    [
        Header("a list", _ => "[]"),
        Header("a list that holds the header", json => $"[{json}]"),
        Header("a string", _ => "\"RS256\""),
        Header("a number", _ => "1"),
        Header("true", _ => "true"),
        Header("null", _ => "null"),
        Header("blank", _ => "  "),
        Header("an empty object", _ => "{}", "unsupported_algorithm"),
        Header("not JSON", _ => "alg=RS256;kid=current"),
        Header("with single quotes", json => json.Replace('"', '\'')),
        Header("cut off", json => json[..^1]),
        Header("with a second object behind", json => json + json),
        Header("with junk behind", json => json + "x"),
        Header("with a NUL behind", json => json + "\0"),
        Header("with a trailing comma", json => json[..^1] + ",}"),
        Header("with a comment", json => json[..^1] + "/* RS256 */}"),
        Header("with a comment in front", json => "// RS256\n" + json),
    ];

    private static IEnumerable<Attack> Bytes =>
    [
        HeaderBytes("with a BOM", json => [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(json)]),
        HeaderBytes("in UTF-16", Encoding.Unicode.GetBytes),
        HeaderBytes("in UTF-32", Encoding.UTF32.GetBytes),
        HeaderBytes("with a byte that is not UTF-8 in a value", json => With(json, "JWT", [0xff])),
        HeaderBytes("with an overlong slash in a value", json => With(json, "JWT", [0xc0, 0xaf])),
        HeaderBytes("with an encoded surrogate in a value", json => With(json, "JWT", [0xed, 0xa0, 0x80])),
        HeaderBytes("with a byte that is not UTF-8 behind", json => [.. Encoding.UTF8.GetBytes(json), 0xff]),
    ];

    private static IEnumerable<Attack> Members =>
    [
        Header("nested 5 levels deep", TokenDraft.Appending($"\"x\":{Nested(5)}")),
        Header("nested 500 levels deep", TokenDraft.Appending($"\"x\":{Nested(500)}")),
        Header("nested 50,000 levels deep where tokens may be as long", TokenDraft.Appending($"\"x\":{Nested(50_000)}"))
            with { Setting = AttackSetting.LongTokens },
        Header("nested 50,000 levels deep and never closed, where tokens may be as long", _ =>
            string.Concat(Enumerable.Repeat("{\"a\":", 50_000)))
            with { Setting = AttackSetting.LongTokens },
        Header("with typ twice", TokenDraft.Appending("\"typ\":\"JWT\"")),
        Header("with a member twice that nobody knows", TokenDraft.Appending("\"x\":1,\"x\":1")),
        Header("with a member twice, once with an escape in its name", TokenDraft.Appending("\"t\\u0079p\":\"JWT\"")),
        Header("with 1,000 members", TokenDraft.Appending(
            string.Join(',', Enumerable.Range(0, 1000).Select(number => string.Create(CultureInfo.InvariantCulture, $"\"x{number}\":0"))))),
        Header("with a number out of range as a name's value", TokenDraft.Appending("\"x\":1e")),
        Header("with an unclosed string", json => json[..^2]),
        Header("with a raw line break in a string", TokenDraft.Appending("\"x\":\"a\nb\"")),
    ];

    private static IEnumerable<Attack> Extensions =>
        from member in new[]
        {
            "\"crit\":[]",
            "\"crit\":[\"exp\"]",
            "\"crit\":[\"b64\"]",
            "\"crit\":[\"kid\",\"alg\"]",
            "\"crit\":\"exp\"",
            "\"crit\":null",
            "\"crit\":false",
            "\"crit\":{}",
            "\"crit\":[\"http://example.com/unknown\"],\"http://example.com/unknown\":true",
            "\"b64\":false",
            "\"b64\":true",
            "\"b64\":\"false\"",
            "\"b64\":false,\"crit\":[\"b64\"]",
        }
        select Attack.OnDraft(25, $"a header with {member}", "unsupported_header", (_, draft) =>
            draft.HeadText(TokenDraft.Appending(member)));

    private static string Nested(int levels) => new string('[', levels) + new string(']', levels);

    private static byte[] With(string json, string text, byte[] bytes)
    {
        var parts = json.Split(text);
        return [.. Encoding.UTF8.GetBytes(parts[0]), .. bytes, .. Encoding.UTF8.GetBytes(parts[1])];
    }

    private static Attack Header(string what, Func<string, string> spoil, string reason = "malformed") =>
        Attack.OnDraft(8, $"a header {what}", reason, (_, draft) => draft.HeadText(spoil));

    private static Attack HeaderBytes(string what, Func<string, byte[]> spoil) =>
        Attack.OnToken(8, $"a header {what}", "malformed", (bench, _) =>
        bench.Team.Sign(spoil(bench.Person().Header), Encoding.UTF8.GetBytes(bench.Person().Payload)));
}
