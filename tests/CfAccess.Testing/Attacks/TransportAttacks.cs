using CfAccess.AspNetCore;

namespace CfAccess.Testing.Attacks;

/// <summary>Lines 11 to 14: where a token is, and where none is looked for.</summary>
internal static class TransportAttacks
{
    private const string Assertion = CloudflareAccessDefaults.AssertionHeader;
    private const string Cookie = CloudflareAccessDefaults.AuthorizationCookie;

    public static IEnumerable<Attack> All => [.. PlainHeaders, .. Repeated, .. Cookies, .. NoFallback, .. Elsewhere];

    private static IEnumerable<Attack> PlainHeaders =>
    [
        Ignored(11, "the e-mail header alone", _ => new(("Cf-Access-Authenticated-User-Email", TestTeam.Email))),
        Ignored(11, "the e-mail header and an empty assertion", _ =>
            new((Assertion, string.Empty), ("Cf-Access-Authenticated-User-Email", TestTeam.Email))),
        Ignored(11, "a service token's id and secret alone", _ =>
            new(("CF-Access-Client-Id", TestTeam.ClientId), ("CF-Access-Client-Secret", "secret-of-the-service"))),
        Ignored(11, "headers that other proxies send", _ =>
            new(("X-Forwarded-User", TestTeam.Email), ("Remote-User", TestTeam.Email), ("Cf-Access-User", TestTeam.Email))),
        Attack.OnRequest(11, "the e-mail header beside a forged token", "bad_signature", AttackRequest.Asserting, (bench, _) =>
            AttackRequest.Asserting(bench.Forged(bench.Person()).Token).And("Cf-Access-Authenticated-User-Email", TestTeam.Email)),
    ];

    private static IEnumerable<Attack> Repeated =>
    [
        Header(12, "two assertion headers, the good token twice", "multiple_tokens", token => new((Assertion, token), (Assertion, token))),
        Header(12, "two assertion headers, the good token first", "multiple_tokens", token =>
            new((Assertion, token), (Assertion, "forged.forged.forged"))),
        Header(12, "two assertion headers, the good token last", "multiple_tokens", token =>
            new((Assertion, "forged.forged.forged"), (Assertion, token))),
        Header(12, "two assertion headers in two cases", "multiple_tokens", token =>
            new((Assertion, token), (Assertion.ToLowerInvariant(), token))),
        Header(12, "two assertion headers, the first one empty", "multiple_tokens", token =>
            new((Assertion, string.Empty), (Assertion, token))),
        Header(12, "two tokens in one assertion header", "malformed", token => AttackRequest.Asserting($"{token}, {token}")),
    ];

    private static IEnumerable<Attack> Cookies =>
    [
        WithCookie("two different cookies, the good one first", "multiple_tokens", token =>
            $"{Cookie}={token}; {Cookie}=forged.forged.forged"),
        WithCookie("two different cookies, the good one last", "multiple_tokens", token =>
            $"{Cookie}=forged.forged.forged; {Cookie}={token}"),
        WithCookie("two different cookies with others between", "multiple_tokens", token =>
            $"a=b;{Cookie}={token};c=d;{Cookie}={token}x;e=f"),
        Attack.OnRequest(12, "two different cookies in two headers", "multiple_tokens", token =>
            AttackRequest.WithCookie($"{Cookie}={token}"), (_, token) =>
            AttackRequest.WithCookie($"{Cookie}={token}").And("Cookie", $"{Cookie}=forged.forged.forged")),
        Attack.OnRequest(
            12,
            "two different cookies and no header, which beside a header do not matter",
            "multiple_tokens",
            token => new((Assertion, token), ("Cookie", $"{Cookie}={token}; {Cookie}=forged.forged.forged")),
            (_, token) => AttackRequest.WithCookie($"{Cookie}={token}; {Cookie}=forged.forged.forged")),
        WithCookie("cf_authorization", null, token => $"cf_authorization={token}"),
        WithCookie("CF_AUTHORIZATION", null, token => $"CF_AUTHORIZATION={token}"),
        WithCookie("the cookie's name percent-encoded", null, token => $"CF%5FAuthorization={token}"),
        WithCookie("the cookie's name with a blank behind", null, token => $"{Cookie} ={token}"),
        WithCookie("the cookie's name with a prefix", null, token => $"__Host-{Cookie}={token}"),
        WithCookie("the cookie's name with a suffix", null, token => $"{Cookie}_2={token}"),
        WithCookie("the cookie's name in the value of another", null, token => $"theme=\"x,{Cookie}={token}\""),
        WithCookie("the cookie without a value", null, _ => Cookie),
        WithCookie("an empty cookie", null, _ => $"{Cookie}="),
        WithCookie("the cookie's value percent-encoded", "malformed", token =>
            $"{Cookie}={token.Replace(".", "%2E", StringComparison.Ordinal)}"),
        WithCookie("the cookie's first letter percent-encoded", "malformed", token => $"{Cookie}=%65{token[1..]}"),
        WithCookie("the cookie's value in quotation marks", "malformed", token => $"{Cookie}=\"{token}\""),
        WithCookie("the cookie's value with a blank in front", "malformed", token => $"{Cookie}= {token}"),
        WithCookie("the cookies parted by a comma", "malformed", token => $"{Cookie}={token}, theme=dark"),
        WithCookie("a forged token in the cookie", "malformed", _ => $"{Cookie}=forged.forged.forged"),
    ];

    private static IEnumerable<Attack> NoFallback =>
    [
        BesideCookie("junk in the header", "malformed", (_, _) => "forged.forged.forged"),
        BesideCookie("one letter in the header", "malformed", (_, _) => "x"),
        BesideCookie("null in the header", "malformed", (_, _) => "null"),
        BesideCookie("a forged token in the header", "bad_signature", (bench, _) => bench.Forged(bench.Person()).Token),
        BesideCookie("an expired token in the header", "expired", (bench, _) => bench.Person().Body(payload => payload["exp"] = 1).Token),
        BesideCookie("a token of another application in the header", "wrong_audience", (bench, _) =>
            bench.Person().Body(payload => payload["aud"] = TestTeam.OtherAudience).Token),
        Attack.OnRequest(13, "two headers, beside a good cookie", "multiple_tokens", Beside, (_, token) =>
            new((Assertion, "forged.forged.forged"), (Assertion, "forged.forged.forged"), ("Cookie", $"{Cookie}={token}"))),
        Attack.OnRequest(13, "a header with a blank inside, beside a good cookie", "malformed", Beside, (_, token) =>
            new((Assertion, ". ."), ("Cookie", $"{Cookie}={token}"))),
    ];

    private static IEnumerable<Attack> Elsewhere =>
    [
        .. from word in new[] { "Bearer", "bearer", "JWT", "Token" }
           select Header(14, $"{word} before the token", "malformed", token => AttackRequest.Asserting($"{word} {token}")),
        .. from parameter in new[] { Assertion, "cf-access-token", Cookie, "access_token", "token", "jwt" }
           select Ignored(14, $"a token in the query string as {parameter}", token => AttackRequest.To($"/me?{parameter}={token}")),
        Ignored(14, "a token in Authorization", token => new(("Authorization", $"Bearer {token}"))),
        Ignored(14, "a token in Authorization without a scheme", token => new(("Authorization", token))),
        Ignored(14, "a token in Authorization as JSON", token => new(("Authorization", $"{{\"cf-access-token\":\"{token}\"}}"))),
        Ignored(14, "a token in Cf-Access-Token", token => new(("Cf-Access-Token", token))),
        Ignored(14, "a token in Proxy-Authorization", token => new(("Proxy-Authorization", $"Bearer {token}"))),
        Ignored(14, "a token in a header with an underscore", token => new(("Cf_Access_Jwt_Assertion", token))),
        Ignored(14, "a token in a header with a suffix", token => new((Assertion + "-2", token))),
    ];

    private static Attack Ignored(int line, string name, Func<string, AttackRequest> bad) => Header(line, name, null, bad);

    private static Attack Header(int line, string name, string? reason, Func<string, AttackRequest> bad) =>
        Attack.OnRequest(line, name, reason, AttackRequest.Asserting, (_, token) => bad(token));

    private static Attack WithCookie(string name, string? reason, Func<string, string> cookie) =>
        Attack.OnRequest(12, name, reason, token =>
            AttackRequest.WithCookie($"{Cookie}={token}"), (_, token) => AttackRequest.WithCookie(cookie(token)));

    private static Attack BesideCookie(string name, string reason, Func<AttackBench, string, string> header) => Attack.OnRequest(
        13, name + ", beside a good cookie", reason, Beside, (bench, token) =>
            new((Assertion, header(bench, token)), ("Cookie", $"{Cookie}={token}")));

    /// <summary>A good cookie beside an empty header, which counts as absent.</summary>
    private static AttackRequest Beside(string token) => new((Assertion, string.Empty), ("Cookie", $"{Cookie}={token}"));
}
