namespace CfAccess.Testing.Attacks;

/// <summary>Line 15: headers that name another host change neither who is trusted nor whom keys are fetched from.</summary>
internal static class HostAttacks
{
    private const string Evil = "evil.cloudflareaccess.com";

    private static readonly (string Name, string Value)[] Headers =
    [
        ("Host", Evil),
        ("Host", "partner.cloudflareaccess.com"),
        ("Host", "localhost"),
        ("X-Forwarded-Host", Evil),
        ("X-Original-Host", Evil),
        ("X-Forwarded-Server", Evil),
        ("X-Forwarded-Proto", "http"),
        ("X-Original-URL", "/open"),
        ("Forwarded", $"for=127.0.0.1;host={Evil};proto=http"),
        ("Origin", $"https://{Evil}"),
        ("Referer", $"https://{Evil}/"),
        ("CF-Team-Domain", Evil),
    ];

    public static IEnumerable<Attack> All =>
    [
        .. from header in Headers
           from attack in new[] { Of(header, "unknown_issuer", Issuer(header.Value)), Of(header, "unknown_key", null), Of(header, "bad_signature", null) }
           select attack,
        .. from header in Headers
           select Attack.OnRequest(15, $"{header.Name} {header.Value}, without a token", null, token =>
               With(token, header), (_, _) => new(header)),
    ];

    private static string Issuer(string host) =>
        host.Contains("cloudflareaccess.com", StringComparison.Ordinal) && !host.Contains('=', StringComparison.Ordinal)
        ? $"https://{host.Replace("https://", string.Empty, StringComparison.Ordinal).TrimEnd('/')}"
        : $"https://{Evil}";

    private static Attack Of((string Name, string Value) header, string reason, string? issuer) =>
        new(15, $"{header.Name} {header.Value}, {reason}", reason)
        {
            Good = bench => With(bench.Person().Token, header),
            Bad = (bench, _) =>
            {
                var draft = bench.Forged(bench.Person()).Body(payload => payload["iss"] = issuer ?? TestTeam.Issuer);
                return [With((reason == "unknown_key" ? draft.Head(head => head["kid"] = bench.UnknownKid) : draft).Token, header)];
            },
        };

    private static AttackRequest With(string token, (string Name, string Value) header) =>
        AttackRequest.Asserting(token).And(header.Name, header.Value);
}
