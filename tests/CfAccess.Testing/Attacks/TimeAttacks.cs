using System.Text.Json.Nodes;

namespace CfAccess.Testing.Attacks;

/// <summary>Lines 18, 21 and 23: outside its time, or without one.</summary>
internal static class TimeAttacks
{
    /// <summary>The default of <c>ClockSkew</c>, in seconds.</summary>
    private const int Skew = 60;

    public static IEnumerable<Attack> All => [.. Expired, .. TooEarly, .. NoTime];

    private static IEnumerable<Attack> Expired =>
    [
        Shifted(18, "the second in which exp and the skew are over", "expired", "exp", good: -Skew + 1, bad: -Skew),
        Shifted(18, "an hour after exp", "expired", "exp", good: 1, bad: -3600),
        Shifted(18, "long after exp", "expired", "exp", good: 1, bad: -1_000_000_000),
        Shifted(18, "an expired token with an unknown kid", "expired", "exp", good: 1, bad: -Skew, withUnknownKid: true),
        Attack.OnDraft(18, "exp of one second after 1970", "expired", (_, draft) => draft.Body(payload => payload["exp"] = 1)),
        Replay("a person's token that was accepted the second before", bench => bench.Person(), TimeSpan.FromSeconds(1), exp: -Skew + 1),
        Replay("a service's token that was accepted the second before", bench => bench.Service(), TimeSpan.FromSeconds(1), exp: -Skew + 1),
        Replay("a token that was accepted the millisecond before", bench =>
            bench.Person(), TimeSpan.FromMilliseconds(1), exp: -Skew + 1, after: TimeSpan.FromMilliseconds(999)),
        Replay("a token that was accepted a minute before exp", bench => bench.Person(), TimeSpan.FromSeconds(120), exp: 60),
    ];

    private static IEnumerable<Attack> TooEarly =>
    [
        Shifted(21, "the second before nbf and the skew", "not_yet_valid", "nbf", good: Skew, bad: Skew + 1),
        Shifted(21, "an hour before nbf", "not_yet_valid", "nbf", good: 0, bad: 3600),
        Shifted(21, "nbf in year 9999", "not_yet_valid", "nbf", good: 0, bad: 250_000_000_000),
        Shifted(21, "a token not yet valid with an unknown kid", "not_yet_valid", "nbf", good: 0, bad: 3600, withUnknownKid: true),
        Shifted(21, "iat a second after now and the skew", "issued_in_future", "iat", good: Skew, bad: Skew + 1),
        Shifted(21, "iat an hour after now", "issued_in_future", "iat", good: 0, bad: 3600),
        Shifted(21, "iat in year 9999", "issued_in_future", "iat", good: 0, bad: 250_000_000_000),
        Shifted(21, "a token of the future with an unknown kid", "issued_in_future", "iat", good: 0, bad: 3600, withUnknownKid: true),
        Attack.OnDraft(21, "a service's nbf an hour after now", "not_yet_valid", (_, draft) =>
            draft.Body(payload => payload["nbf"] = payload["iat"]!.GetValue<long>() + 3600), bench => bench.Service()),
    ];

    private static IEnumerable<Attack> NoTime =>
    [
        Attack.OnDraft(23, "exp missing", "invalid_claims", (_, draft) => draft.Body(payload => payload.Remove("exp"))),
        Attack.OnDraft(23, "exp missing, with an unknown kid", "invalid_claims", (bench, draft) =>
            draft.Body(payload => payload.Remove("exp")).Head(header => header["kid"] = bench.UnknownKid)),
        Attack.OnDraft(23, "exp under another case of its name", "invalid_claims", (_, draft) =>
            draft.BodyText(json => json.Replace("\"exp\"", "\"Exp\"", StringComparison.Ordinal))),
        .. from value in new[]
           {
               "null", "\"1900000000\"", "\"\"", "\"2030-01-01T00:00:00Z\"", "-1", "-9223372036854775808", "0", "-0", "1e400", "-1e400", "1e10", "1.9e9",
               "1900000000.5", "253402300800", "9223372036854775807", "9223372036854775808", "18446744073709551616", "true", "{}", "[]", "[1900000000]",
           }
           select Timed("exp", value),
        .. from name in new[] { "nbf", "iat" }
           from value in new[] { "null", "\"1700000000\"", "\"\"", "-1", "1e400", "1.5", "253402300800", "9223372036854775808", "true", "{}", "[]", "[1700000000]" }
           select Timed(name, value),
    ];

    private static Attack Timed(string name, string value) => Attack.OnDraft(
        23, $"{name} of {value}", "invalid_claims", (_, draft) => draft.BodyText(TokenDraft.Replacing(name, value)));

    /// <summary>A time that is so many seconds after now.</summary>
    private static Attack Shifted(int line, string name, string reason, string member, long good, long bad, bool withUnknownKid = false) =>
        Attack.OnDraft(
        line,
        name,
        reason,
        (bench, draft) =>
        {
            var spoilt = draft.Body(payload => payload[member] = Now(bench) + bad);
            return withUnknownKid ? spoilt.Head(header => header["kid"] = bench.UnknownKid) : spoilt;
        },
        bench => bench.Person().Body(payload =>
        {
            BeginEarlier(payload);
            payload[member] = Now(bench) + good;
        }));

    /// <summary>The same token again, after some time.</summary>
    private static Attack Replay(
        string name, Func<AttackBench, TokenDraft> make, TimeSpan later, long exp, TimeSpan after = default) => new(18, name, "expired")
        {
            IsReplay = true,
            Good = bench =>
            {
                // From a whole second on, since a token knows no parts of one.
                bench.Clock.Advance(TimeSpan.FromMilliseconds(1000 - bench.Clock.GetUtcNow().Millisecond));
                var token = make(bench).Body(payload =>
                {
                    BeginEarlier(payload);
                    payload["exp"] = Now(bench) + exp;
                }).Token;
                bench.Clock.Advance(after);
                return AttackRequest.Asserting(token);
            },
            Bad = (bench, good) =>
            {
                bench.Clock.Advance(later);
                return [good];
            },
        };

    /// <summary>A token that ends in the past began before that.</summary>
    private static void BeginEarlier(JsonObject payload)
    {
        if (payload["nbf"] is { } notBefore)
        {
            payload["nbf"] = notBefore.GetValue<long>() - 3600;
        }
    }

    private static long Now(AttackBench bench) => bench.Clock.GetUtcNow().ToUnixTimeSeconds();
}
