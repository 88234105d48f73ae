namespace CfAccess.Testing.Attacks;

/// <summary>
/// Something that an attacker can send: a request that is good, and the same request spoilt in one way.
/// </summary>
/// <param name="Line">The line of the list of attacks that it belongs to.</param>
/// <param name="Name">What the attack is, as a short sentence; no two have the same.</param>
/// <param name="Reason">The reason of the refusal, as the log tells it; nothing where no token is found, or none refused.</param>
public sealed record Attack(int Line, string Name, string? Reason)
{
    /// <summary>Makes the request that is answered 200.</summary>
    public required Func<AttackBench, AttackRequest> Good { get; init; }

    /// <summary>Makes the requests that are refused, once the good one was answered.</summary>
    public required Func<AttackBench, AttackRequest, IEnumerable<AttackRequest>> Bad { get; init; }

    /// <summary>Other reasons that count, where one attack is many requests.</summary>
    public IReadOnlyList<string> OtherReasons { get; init; } = [];

    /// <summary>The answer to the bad requests.</summary>
    public int Status { get; init; } = 401;

    /// <summary>The answer over a socket, where HTTP does not let the request through as it is.</summary>
    public int? StatusOnTheWire { get; init; }

    /// <summary>Whether the bad request cannot be written to a socket at all, since its bytes mean another request there.</summary>
    public bool IsInProcessOnly { get; init; }

    /// <summary>Whether the bad request is the good one sent again, later.</summary>
    public bool IsReplay { get; init; }

    /// <summary>Whether it is many requests, one for each place in a token.</summary>
    public bool IsSweep { get; init; }

    public AttackSetting Setting { get; init; }

    public string Path { get; init; } = AttackPaths.Me;

    public bool IsRefusedFor(string reason) => reason == Reason || OtherReasons.Contains(reason);

    public override string ToString() => $"{Line}: {Name}";

    /// <summary>A good token with its text changed.</summary>
    public static Attack OnToken(int line, string name, string? reason, Func<AttackBench, string, string> spoil) =>
        Sweep(line, name, reason, (bench, token) => [spoil(bench, token)]) with { IsSweep = false };

    /// <summary>A good token with its text changed in one place after the other.</summary>
    public static Attack Sweep(int line, string name, string? reason, Func<AttackBench, string, IEnumerable<string>> spoil) =>
        new(line, name, reason)
        {
            IsSweep = true,
            Good = bench => AttackRequest.Asserting(bench.Team.Mint(bench.Team.Person())),
            Bad = (bench, good) => spoil(bench, good.Headers[0].Value).Select(AttackRequest.Asserting),
        };

    /// <summary>A token whose header or payload was changed before it was signed.</summary>
    /// <param name="line">The line.</param>
    /// <param name="name">The name.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="spoil">Spoils the draft.</param>
    /// <param name="make">Makes the good draft; a person's by default.</param>
    public static Attack OnDraft(
        int line,
        string name,
        string? reason,
        Func<AttackBench, TokenDraft, TokenDraft> spoil,
        Func<AttackBench, TokenDraft>? make = null)
    {
        make ??= static bench => bench.Person();
        return new(line, name, reason)
        {
            Good = bench => AttackRequest.Asserting(make(bench).Token),
            Bad = (bench, _) => [AttackRequest.Asserting(spoil(bench, make(bench)).Token)],
        };
    }

    /// <summary>A request whose headers, not whose token, are spoilt.</summary>
    public static Attack OnRequest(
        int line, string name, string? reason, Func<string, AttackRequest> good, Func<AttackBench, string, AttackRequest> bad) =>
            new(line, name, reason)
            {
                Good = bench => good(bench.Team.Mint(bench.Team.Person())),
                Bad = (bench, _) => [bad(bench, bench.Team.Mint(bench.Team.Person()))],
            };
}
