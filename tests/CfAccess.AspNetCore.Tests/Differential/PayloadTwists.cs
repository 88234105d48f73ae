using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.Differential;

/// <summary>What can be different in a payload.</summary>
internal static class PayloadTwists
{
    private const string Tag = TestTeam.Audience;

    private static readonly string[] Wrong = ["null", "1", "true", "[]", "{}", "\"\"", "\" \""];

    public static IEnumerable<Func<Specimen, Specimen>> All => [.. Changed, .. Removed, .. Doubled, .. Texts, .. Around];

    private static IEnumerable<Func<Specimen, Specimen>> Changed { get; } =
    [
        .. Each("type", [.. Wrong, "\"org\"", "\"meta\"", "\"match\"", "\"App\"", "\"app \"", "[\"app\"]", "\"\\u0061pp\""]),
        .. Each("iss",
        [
            .. Wrong, $"\"{TestTeam.Issuer}/\"", $"\"{TestTeam.Issuer}.evil.example\"", "\"https://ACME.cloudflareaccess.com\"",
            "\"https://other.cloudflareaccess.com\"", $"[{Values.Issuer}]", "\"https:\\/\\/acme.cloudflareaccess.com\"",
        ]),
        .. Each("aud",
        [
            .. Wrong, $"\"{Tag}/\"", $"[\"{Tag}/\"]", $"[{Values.OtherAudience},\"{Tag}/\"]", $"\" {Tag}\"",
            $"\"{Tag}x\"", $"\"{Tag[..^1]}\"",
            $"\"{Tag.ToUpperInvariant()}\"", Values.OtherAudience, $"[{Values.OtherAudience}]", $"[{Values.Audience},\"\"]",
            $"[\" \",{Values.Audience}]",
            $"[{Values.Audience},null]", $"[{Values.Audience},1]", $"[{Values.Audience},[]]", $"[[{Values.Audience}]]",
            $"[{{\"a\":{Values.Audience}}}]",
            "[\"\"]", $"\"{Tag},{TestTeam.OtherAudience}\"", $"{{\"a\":{Values.Audience}}}",
        ]),
        .. Each("exp",
        [
            .. Wrong, Values.At(-61), Values.At(-60), Values.At(-59), Values.At(-3600), "0", "-1", "1",
            $"{Values.At(3600)}.0", $"{Values.At(3600)}.5",
            $"\"{Values.At(3600)}\"", "1e10", "2e9", "1e400", "253402300799", "253402300800", "9223372036854775807", "9223372036854775808",
        ]),
        .. Each("nbf",
        [
            .. Wrong, Values.At(59), Values.At(60), Values.At(61), Values.At(-3600), "0", "-1", $"{Values.At(-60)}.0",
            $"\"{Values.At(-60)}\"",
            $"\"{Values.At(600)}\"", "1e9", "1e400", "253402300800", Values.At(90_000),
        ]),
        .. Each("iat",
        [
            .. Wrong, Values.At(59), Values.At(60), Values.At(61), Values.At(90_000), "0", "-1", $"{Values.At(-60)}.0",
            $"{Values.At(-60)}.5",
            $"\"{Values.At(-60)}\"", "1e9", "1e400", "253402300800", "9223372036854775808",
        ]),
        // Begins after it ends, and both lie within ClockSkew.
        specimen => specimen with { Payload = specimen.Payload.With("nbf", Values.At(50)).With("exp", Values.At(10)) },
        .. Each("email", [.. Wrong, "\"\\ud800\""]),
        .. Each("sub", [.. Wrong, "\"\\ud800\""]),
        .. Each("common_name", [.. Wrong, "\"\\ud800\""]),
        .. Each("jti", Wrong),
        .. Each("azp", Wrong),
        .. Each("custom",
        [
            .. Wrong, "\"\\ud800\"", "[\"\\ud800\"]", "{\"groups\":[\"a\"]}", "{\"groups\":[\"\\udc00\"]}",
            new string('[', 40) + new string(']', 40), new string('[', 70) + new string(']', 70),
        ]),
        .. Each("long", [$"\"{new string('x', 11_000)}\"", $"\"{new string('x', 12_000)}\""]),
    ];

    private static IEnumerable<Func<Specimen, Specimen>> Removed { get; } =
        from name in new[] { "type", "iss", "aud", "exp", "nbf", "iat", "email", "sub", "common_name" }
        select new Func<Specimen, Specimen>(specimen => specimen with { Payload = specimen.Payload.Without(name) });

    private static IEnumerable<Func<Specimen, Specimen>> Doubled { get; } =
    [
        .. from member in new[]
           {
               ("type", "\"app\""), ("type", "\"org\""), ("iss", Values.Issuer), ("iss", "\"x\""), ("aud", Values.Audience),
               ("aud", "\"x\""),
               ("exp", Values.At(3600)), ("exp", Values.At(-3600)), ("iat", Values.At(0)), ("harmless", "1"),
           }
           from atEnd in new[] { true, false }
           select Added(member.Item1, member.Item2, atEnd),
        Added("\\u0061ud", Values.Audience, true),
        Added("ex\\u0070", Values.At(3600), false),
    ];

    private static IEnumerable<Func<Specimen, Specimen>> Texts { get; } =
    [
        Added("\\ud800", "1", true),
        Added("\\u0000", "1", true),
        Added(string.Empty, "1", true),
        Added("http://schemas.microsoft.com/ws/2008/06/identity/claims/role", "\"admin\"", true),
        specimen => Added("\\u0065xp", specimen.Payload["exp"] ?? Values.At(3600), true)(specimen with { Payload = specimen.Payload.Without("exp") }),
    ];

    private static IEnumerable<Func<Specimen, Specimen>> Around { get; } =
    [
        .. new[] { "\ufeff{", " {", "\n{", "[{", string.Empty, "{,", "/**/{", "x{", "\"{" }.Select(open =>
            new Func<Specimen, Specimen>(specimen => specimen with { Payload = specimen.Payload with { Open = open } })),
        .. new[] { "} ", "}\n", "}}", string.Empty, "}x", ",}", "}//", "}\0", "}{}", "} {}", "},{}", "}]" }.Select(close =>
            new Func<Specimen, Specimen>(specimen => specimen with { Payload = specimen.Payload with { Close = close } })),
    ];

    private static IEnumerable<Func<Specimen, Specimen>> Each(string name, string[] values) =>
        values.Select(value => new Func<Specimen, Specimen>(specimen => specimen with { Payload = specimen.Payload.With(name, value) }));

    private static Func<Specimen, Specimen> Added(string name, string value, bool atEnd) =>
        specimen => specimen with { Payload = specimen.Payload.Insert(atEnd ? specimen.Payload.Members.Count : 0, name, value) };
}
