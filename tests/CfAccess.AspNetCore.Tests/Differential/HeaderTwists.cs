using CfAccess.Testing.Properties;

namespace CfAccess.AspNetCore.Tests.Differential;

/// <summary>What can be different in a header.</summary>
internal static class HeaderTwists
{
    private const string Rs256Uri = "\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"";

    public static IEnumerable<Func<Specimen, Specimen>> All =>
    [
        .. Algorithms, .. KeyIds, .. Extensions, .. KeyMaterial, .. Doubled, .. Shapes,
    ];

    private static IEnumerable<Func<Specimen, Specimen>> Algorithms { get; } =
    [
        Signed("\"RS384\"", Signature.Rs384),
        Signed("\"RS512\"", Signature.Rs512),
        Signed("\"PS256\"", Signature.Ps256),
        Signed("\"HS256\"", Signature.Hs256WithPublicKey),
        Signed("\"none\"", Signature.None),
        Signed("\"RS256\"", Signature.Rs384),
        Signed("\"RS384\"", Signature.Rs256),
        .. new[]
        {
            "\"none\"", "\"rs256\"", "\"RS256 \"", "\"ES256\"", Rs256Uri, "[\"RS256\"]", "null", "256", "\"\\u0052S256\"",
        }.Select(alg => Head("alg", alg)),
        specimen => specimen with { Header = specimen.Header.Without("alg") },
        specimen => specimen with { Header = specimen.Header.Without("alg").With("\\u0061lg", "\"RS256\"") },
        specimen => specimen with { Header = specimen.Header.Without("alg").With("ALG", "\"RS256\"") },
    ];

    private static IEnumerable<Func<Specimen, Specimen>> KeyIds { get; } =
    [
        .. new[] { "\"\"", "\"unknown\"", "null", "1", "{}", "[]", "true", $"\"{new string('k', 1200)}\"" }.Select(kid => Head("kid", kid)),
        specimen => specimen with { Header = specimen.Header.Without("kid") },
        specimen => specimen with { Header = specimen.Header.Without("kid").With("k\\u0069d", KidOf(specimen)) },
        specimen => specimen with { Header = specimen.Header.With("kid", KidOf(specimen).ToUpperInvariant()) },
        specimen => specimen with { Header = specimen.Header.With("kid", KidOf(specimen).Insert(1, " ")) },
        specimen => specimen with { Signer = specimen.Signer == FixedKeys.Current ? FixedKeys.Previous : FixedKeys.Current },
        specimen => specimen with { Signer = FixedKeys.Stranger },
        specimen => specimen with { Signer = FixedKeys.Stranger, Header = specimen.Header.With("kid", $"\"{FixedKeys.Stranger.Kid}\"") },
        specimen => specimen with { Header = specimen.Header.Without("kid").With("x5t", KidOf(specimen)) },
        specimen => specimen with { Header = specimen.Header.With("kid", "\"unknown\"").With("x5t", KidOf(specimen)) },
    ];

    private static IEnumerable<Func<Specimen, Specimen>> Extensions { get; } =
        from member in new[]
        {
            ("crit", "[\"exp\"]"), ("crit", "[]"), ("crit", "\"exp\""), ("crit", "null"), ("b64", "false"), ("b64", "true"),
            ("b64", "null"),
        }
        select Head(member.Item1, member.Item2);

    private static IEnumerable<Func<Specimen, Specimen>> KeyMaterial { get; } =
        from member in new[]
        {
            ("jwk", FixedKeys.Stranger.ToJwk().ToJsonString()), ("jwk", "\"x\""), ("jku", "\"https://keys.example/\""), ("jku", "null"),
            ("x5u", "\"https://keys.example/\""), ("x5c", "[\"x\"]"), ("x5t", "\"x\""), ("x5t", "1"), ("x5t#S256", "\"x\""),
        }
        select Head(member.Item1, member.Item2);

    private static IEnumerable<Func<Specimen, Specimen>> Doubled { get; } =
    [
        .. from member in new[] { ("alg", "\"RS256\""), ("alg", "\"none\""), ("kid", "\"x\""), ("typ", "\"JWT\"") }
           from atEnd in new[] { true, false }
           select Added(member.Item1, member.Item2, atEnd),
        specimen => Added("kid", KidOf(specimen), atEnd: true)(specimen),
        specimen => Added("x", "1", true)(Added("x", "1", true)(specimen)),
    ];

    private static IEnumerable<Func<Specimen, Specimen>> Shapes { get; } =
    [
        .. new[] { "1", "true", "null", "[]", "{}", "\"\"", "\"JOSE\"", "\"\\ud800\"" }.Select(typ => Head("typ", typ)),
        .. new[] { "\"JWT\"", "1", "null", "{}" }.Select(cty => Head("cty", cty)),
        .. new[] { "\"DEF\"", "1", "null" }.Select(zip => Head("zip", zip)),
        .. new[]
        {
            "{\"a\":1,\"a\":2}", "[[1]]", "[[[1]]]", "[[[[1]]]]", "\"\\ud800\"", "[\"\\ud800\"]", $"\"{new string('x', 1600)}\"",
        }.Select(x => Head("x", x)),
        specimen => Added("\\u0078", "1", true)(specimen),
        specimen => Added("\\ud800", "1", true)(specimen),
        specimen => specimen with { Header = Filled(specimen.Header, 16) },
        specimen => specimen with { Header = Filled(specimen.Header, 17) },
        .. new[] { "\ufeff{", " {", "\n{", "[{", string.Empty, "{,", "/**/{", "x{" }.Select(Opened),
        .. new[] { "} ", "}\n", "}}", string.Empty, "}x", ",}", "}//", "}\0", "}{}", "} {}" }.Select(Closed),
    ];

    /// <summary>What another twist may have taken away.</summary>
    private static string KidOf(Specimen specimen) => specimen.Header["kid"] ?? $"\"{specimen.Signer.Kid}\"";

    private static Func<Specimen, Specimen> Head(string name, string value) =>
        specimen => specimen with { Header = specimen.Header.With(name, value) };

    private static Func<Specimen, Specimen> Signed(string alg, Signature signature) =>
        specimen => Head("alg", alg)(specimen) with { Signature = signature };

    private static Func<Specimen, Specimen> Added(string name, string value, bool atEnd) =>
        specimen => specimen with { Header = specimen.Header.Insert(atEnd ? specimen.Header.Members.Count : 0, name, value) };

    private static Func<Specimen, Specimen> Opened(string open) =>
        specimen => specimen with { Header = specimen.Header with { Open = open } };

    private static Func<Specimen, Specimen> Closed(string close) =>
        specimen => specimen with { Header = specimen.Header with { Close = close } };

    private static JsonText Filled(JsonText header, int members) =>
        Enumerable.Range(0, members - header.Members.Count).Aggregate(header, (json, at) => json.With($"x{at}", "1"));
}
