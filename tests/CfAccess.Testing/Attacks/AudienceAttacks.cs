using System.Text.Json.Nodes;

namespace CfAccess.Testing.Attacks;

/// <summary>Lines 19, 20, 22 and 24: for another application, of another team, or saying neither.</summary>
internal static class AudienceAttacks
{
    public static IEnumerable<Attack> All => [.. Others, .. Teams, .. Audiences, .. Issuers, .. OtherApplication, .. WrongTypes];

    private static IEnumerable<Attack> Others =>
    [
        Attack.OnDraft(19, "a token of another application of the team", "wrong_audience", (_, draft) =>
            Aud(draft, Json(TestTeam.OtherAudience))),
        Attack.OnDraft(19, "a token of another application of the team, with an unknown kid", "wrong_audience", (bench, draft) =>
            Aud(draft, Json(TestTeam.OtherAudience)).Head(header => header["kid"] = bench.UnknownKid)),
        Attack.OnDraft(19, "a service's token of another application of the team", "wrong_audience", (_, draft) =>
            Aud(draft, Json(TestTeam.OtherAudience)), bench => bench.Service()),
        Attack.OnDraft(19, "a token of another team", "unknown_issuer", (bench, _) => bench.PartnersPerson()),
        Attack.OnDraft(19, "a token of another team with our audience", "unknown_issuer", (bench, _) =>
            Aud(bench.PartnersPerson(), Json(TestTeam.Audience))),
        Attack.OnDraft(19, "a token of another team with our issuer", "unknown_key", (bench, draft) =>
            draft.Head(header => header["kid"] = bench.Partner.Key.Kid) with { Minter = bench.Partner }),
        Attack.OnDraft(19, "a token of another team with our issuer and kid", "bad_signature", (bench, draft) =>
            draft with { Minter = bench.Partner }),
    ];

    private static IEnumerable<Attack> Teams =>
    [
        OfTeams("a trusted team's token with our audience", "wrong_audience", (bench, _) =>
            Aud(bench.PartnersPerson(), Json(TestTeam.Audience))),
        OfTeams("our token with a trusted team's audience", "wrong_audience", (_, draft) => Aud(draft, Json(TestTeam.PartnerAudience))),
        OfTeams("a trusted team's key over our issuer and audience", "unknown_key", (bench, draft) =>
            draft.Head(header => header["kid"] = bench.Partner.Key.Kid) with { Minter = bench.Partner }),
        OfTeams("a trusted team's key over our issuer, audience and kid", "bad_signature", (bench, draft) =>
            draft with { Minter = bench.Partner }),
        OfTeams("our key over a trusted team's issuer and audience", "unknown_key", (bench, _) =>
            bench.PartnersPerson().Head(header => header["kid"] = bench.Team.Key.Kid) with { Minter = bench.Team }),
        OfTeams("a third team's token", "unknown_issuer", (_, draft) =>
            draft.Body(payload => payload["iss"] = "https://third.cloudflareaccess.com")),
        OfTeams("both issuers in one text", "unknown_issuer", (_, draft) =>
            draft.Body(payload => payload["iss"] = $"{TestTeam.Issuer},{TestTeam.PartnerIssuer}")),
        PartnerAt(AttackPaths.GroupOfTeam, "a person of another trusted team with the same e-mail and group, where our group is wanted"),
        PartnerAt(AttackPaths.UserOfTeam, "a person of another trusted team with the same e-mail, where our person is wanted"),
    ];

    private static IEnumerable<Attack> Audiences =>
        from variant in new[]
        {
            ("in upper case", TestTeam.Audience.ToUpperInvariant()),
            ("with one letter in upper case", TestTeam.Audience.Replace('c', 'C')),
            ("with a suffix", TestTeam.Audience + "0"),
            ("with a prefix", "0" + TestTeam.Audience),
            ("with a slash behind", TestTeam.Audience + "/"),
            ("with a slash in front", "/" + TestTeam.Audience),
            ("cut short at the end", TestTeam.Audience[..^1]),
            ("cut short at the beginning", TestTeam.Audience[1..]),
            ("of its first letter", TestTeam.Audience[..1]),
            ("with a blank behind", TestTeam.Audience + " "),
            ("with a blank in front", " " + TestTeam.Audience),
            ("with a NUL behind", TestTeam.Audience + "\0"),
            ("among others in one text", $"{TestTeam.OtherAudience} {TestTeam.Audience}"),
            ("among others parted by a comma", $"{TestTeam.OtherAudience},{TestTeam.Audience}"),
            ("as a list in a text", $"[\"{TestTeam.Audience}\"]"),
            ("as a pattern", "*"),
        }
        from isList in new[] { true, false }
        select Attack.OnDraft(20, $"aud {variant.Item1}{(isList ? ", in a list" : string.Empty)}", "wrong_audience", (_, draft) =>
            draft.Body(payload => payload["aud"] = isList ? new JsonArray(variant.Item2, TestTeam.OtherAudience) : variant.Item2));

    private static IEnumerable<Attack> Issuers =>
        from variant in new[]
        {
            ("with its host in upper case", "https://ACME.cloudflareaccess.com"),
            ("with its scheme in upper case", "HTTPS://acme.cloudflareaccess.com"),
            ("over http", "http://acme.cloudflareaccess.com"),
            ("without a scheme", "acme.cloudflareaccess.com"),
            ("by the team's name", "acme"),
            ("with a slash behind", TestTeam.Issuer + "/"),
            ("with a path", TestTeam.Issuer + "/cdn-cgi/access/certs"),
            ("with a port", TestTeam.Issuer + ":443"),
            ("with a dot behind", TestTeam.Issuer + "."),
            ("with a suffix", TestTeam.Issuer + ".evil.example"),
            ("with a prefix", "https://evil-acme.cloudflareaccess.com"),
            ("with a user", "https://acme.cloudflareaccess.com@evil.example"),
            ("with a fragment", "https://evil.example#acme.cloudflareaccess.com"),
            ("of FedRAMP", "https://acme.fed.cloudflareaccess.com"),
            ("cut short", TestTeam.Issuer[..^1]),
            ("with a blank behind", TestTeam.Issuer + " "),
            ("with a blank in front", " " + TestTeam.Issuer),
            ("with a NUL behind", TestTeam.Issuer + "\0"),
            ("with a Cyrillic letter", "https://\u0430cme.cloudflareaccess.com"),
            ("as a pattern", "https://*.cloudflareaccess.com"),
        }
        select Attack.OnDraft(20, $"iss {variant.Item1}", "unknown_issuer", (_, draft) =>
            draft.Body(payload => payload["iss"] = variant.Item2));

    private static IEnumerable<Attack> OtherApplication =>
        from variant in new[]
        {
            ("a token of this application, where another is wanted", Json(TestTeam.Audience)),
            ("a list of this application, where another is wanted", $"[{Json(TestTeam.Audience)}]"),
            ("this application and one like the other, where the other is wanted", $"[{Json(TestTeam.Audience)},{Json(TestTeam.OtherAudience.ToUpperInvariant())}]"),
            ("this application and the other with a suffix, where the other is wanted", $"[{Json(TestTeam.Audience)},{Json(TestTeam.OtherAudience + "0")}]"),
        }
        select Attack.OnDraft(22, variant.Item1, null, (_, draft) =>
            Aud(draft, variant.Item2), bench => Aud(bench.Person(), $"[{Json(TestTeam.OtherAudience)}]")) with
        {
            Setting = AttackSetting.TwoApplications,
            Path = AttackPaths.OtherApplication,
            Status = 403,
        };

    private static IEnumerable<Attack> WrongTypes =>
    [
        Attack.OnDraft(24, "iss missing", "unknown_issuer", (_, draft) => draft.Body(payload => payload.Remove("iss"))),
        Attack.OnDraft(24, "iss empty", "unknown_issuer", (_, draft) => draft.BodyText(TokenDraft.Replacing("iss", "\"\""))),
        .. from value in new[] { "null", "1", "true", "{}", "[]", $"[{Json(TestTeam.Issuer)}]", $"{{\"iss\":{Json(TestTeam.Issuer)}}}" }
           select Attack.OnDraft(24, $"iss of {value}", "invalid_claims", (_, draft) => draft.BodyText(TokenDraft.Replacing("iss", value))),
        Attack.OnDraft(24, "aud missing", "invalid_claims", (_, draft) => draft.Body(payload => payload.Remove("aud"))),
        Attack.OnDraft(24, "aud missing, with an unknown kid", "invalid_claims", (bench, draft) =>
            draft.Body(payload => payload.Remove("aud")).Head(header => header["kid"] = bench.UnknownKid)),
        .. from value in new[]
           {
               "null", "\"\"", "\" \"", "1", "true", "{}", "[]", "[null]", "[\"\"]", "[\" \"]", "[1]", "[[]]", "[{}]", $"[[{Json(TestTeam.Audience)}]]",
               $"[{Json(TestTeam.Audience)},null]", $"[{Json(TestTeam.Audience)},\"\"]", $"[{Json(TestTeam.Audience)},\"\\t\"]", $"[{Json(TestTeam.Audience)},1]",
               $"{{\"0\":{Json(TestTeam.Audience)}}}", $"[\"{TestTeam.Audience}\",\"\\ud800\"]",
           }
           let reason = value.Contains("ud800", StringComparison.Ordinal) ? "malformed" : "invalid_claims"
           select Attack.OnDraft(24, $"aud of {value}", reason, (_, draft) => draft.BodyText(TokenDraft.Replacing("aud", value))),
    ];

    private static string Json(string text) => JsonValue.Create(text).ToJsonString();

    private static TokenDraft Aud(TokenDraft draft, string json) => draft.BodyText(TokenDraft.Replacing("aud", json));

    private static Attack OfTeams(string name, string reason, Func<AttackBench, TokenDraft, TokenDraft> spoil) =>
        Attack.OnDraft(19, name, reason, spoil) with { Setting = AttackSetting.TwoTeams };

    private static Attack PartnerAt(string path, string name) => new(19, name, null)
    {
        Good = bench => AttackRequest.Asserting(NameAttacks.InGroup(bench.Person()).Token),
        Bad = (bench, _) => [AttackRequest.Asserting(NameAttacks.InGroup(bench.PartnersPerson()).Token)],
        Setting = AttackSetting.TwoTeams,
        Path = path,
        Status = 403,
    };
}
