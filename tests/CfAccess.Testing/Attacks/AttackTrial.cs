using System.Globalization;
using Microsoft.Extensions.Logging;

namespace CfAccess.Testing.Attacks;

/// <summary>
/// Makes an attack on an application, before it has seen the good request that the attack was made of and after, and tells what is wrong
/// with its answers.
/// </summary>
public static class AttackTrial
{
    internal static readonly TimeSpan LongerThanCooldown = TimeSpan.FromSeconds(11);

    private const string Challenge = "Cloudflare-Access";

    /// <summary>These log the request line and bytes that they cannot parse, for every application, whatever authenticates it.</summary>
    private static readonly string[] ServerCategories = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server", "Microsoft.AspNetCore.Routing"];

    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    /// <returns>What is wrong; empty where the attack is answered as it should be.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(AttackHost host, Attack attack)
    {
        // A token of a second that no earlier attack was made in, and so one that the application has not seen.
        host.App.Clock.Advance(OneSecond);
        var fetches = host.App.Endpoint.Count;
        var good = attack.Good(host.Bench);
        var bad = attack.IsReplay ? [] : attack.Bad(host.Bench, good).ToList();
        var complaints = new List<string>();
        complaints.AddRange(await JudgeAllAsync(host, attack, good, bad));
        for (var round = 0; round < 2; round++)
        {
            if (await host.SendAsync(good, attack.Path) is { Status: not 200 } refusal)
            {
                return [$"The good request was answered {refusal.Status}, for {host.App.LastReason ?? "no reason"}.\n{refusal.Body}"];
            }
        }

        bad = attack.IsReplay ? attack.Bad(host.Bench, good).ToList() : bad;
        complaints.AddRange(await JudgeAllAsync(host, attack, good, bad));
        if (host.App.Endpoint.Count > fetches)
        {
            // Until then an unknown key is refused as such, whatever the next attack's token says.
            host.App.Clock.Advance(LongerThanCooldown);
        }

        return complaints;
    }

    private static async Task<List<string>> JudgeAllAsync(AttackHost host, Attack attack, AttackRequest good, List<AttackRequest> bad)
    {
        var complaints = new List<string>();
        for (var index = 0; index < bad.Count && complaints.Count < 10; index++)
        {
            if (bad[index].IsSameAs(good) && !attack.IsReplay)
            {
                complaints.Add("The bad request is the good one.");
            }

            if (attack.Reason == "unknown_key" && bad.Count == 1)
            {
                host.App.Clock.Advance(LongerThanCooldown);
            }

            var found = await JudgeAsync(host, attack, bad[index], isOneOfMany: bad.Count > 1);
            complaints.AddRange(found.Select(complaint =>
                string.Create(CultureInfo.InvariantCulture, $"Bad request {index}: {complaint}")));
        }

        if (bad is [var only] && await IsKnownAsync(host, attack, only))
        {
            complaints.Add("An endpoint that lets anyone in knows the caller.");
        }

        return complaints;
    }

    /// <summary>Whether somebody is made of a request that is refused where a caller is wanted.</summary>
    private static async Task<bool> IsKnownAsync(AttackHost host, Attack attack, AttackRequest bad)
    {
        if (attack.Status != 401 || bad.Target is not null || host.IsOnTheWire && attack.StatusOnTheWire is not null)
        {
            return false;
        }

        return await host.SendAsync(bad, AttackPaths.Open) is not { Status: 200, Body: "nobody" };
    }

    private static async Task<List<string>> JudgeAsync(AttackHost host, Attack attack, AttackRequest bad, bool isOneOfMany)
    {
        host.App.Log.Clear();
        var fetches = host.App.Endpoint.Count;
        var answer = await host.SendAsync(bad, attack.Path);
        var log = host.App.Log.Entries;
        var fetched = host.App.Endpoint.Requests.Skip(fetches).ToList();
        var complaints = new List<string>();

        if (host.IsOnTheWire && attack.StatusOnTheWire is { } status)
        {
            Want(answer.Status == status, $"answered {answer.Status}, not {status} as HTTP demands");
        }
        else
        {
            Want(answer.Status == attack.Status, $"answered {answer.Status}, not {attack.Status}: {answer.Body}");
            var refusals = log.Where(entry => entry.Event == "TokenRefused").Select(Reason).ToList();
            Want(
                attack.Reason is null ? refusals.Count == 0 : refusals.Count == 1 && attack.IsRefusedFor(refusals[0]),
                $"refused for [{string.Join(", ", refusals)}], not for {attack.Reason ?? "nothing"}");
            Want(answer.Body.Length == 0, $"has a body: {answer.Body}");
            Want(answer.Header("Cache-Control") == "no-store", $"Cache-Control is {answer.Header("Cache-Control")}");
            var challenge = ChallengeOf(host, attack, refusals);
            Want(answer.Header("WWW-Authenticate") == challenge, $"WWW-Authenticate is {answer.Header("WWW-Authenticate")}, not {challenge}");
            var mayFetch = refusals is ["unknown_key"];
            Want(
                fetched.Count == 0 || mayFetch && fetched.Count == 1,
                $"caused {fetched.Count} fetches");
            Want(!mayFetch || isOneOfMany || fetched.Count == 1, "caused no fetch");
            Want(fetched.All(url => url == TestTeam.CertsUrl || url == TestTeam.PartnerCertsUrl), "called another address");
        }

        complaints.AddRange(log
            .Where(entry => entry.Level >= LogLevel.Error || entry.Exception is not null && !IsOfServer(entry))
            .Select(entry => $"logged {entry.Level} {entry.Exception}: {entry.Message}"));
        complaints.AddRange(log
            .Where(entry =>
                entry.Category.StartsWith("CfAccess", StringComparison.Ordinal) && entry.Message.AsSpan().ContainsAny('\r', '\n'))
            .Select(entry => $"logged a line break: {entry.Message}"));
        var told = string.Join('\n', log.Where(entry => !IsOfServer(entry)).Select(entry => entry.Message));
        foreach (var trace in ClientTraces.Of(bad))
        {
            Want(!told.Contains(trace, StringComparison.OrdinalIgnoreCase), $"logged what the client chose: {trace}");
            Want(
                answer.Status == 200 || !answer.ToString().Contains(trace, StringComparison.OrdinalIgnoreCase),
                $"answered with what the client chose: {trace}");
        }

        return complaints;

        void Want(bool isSo, string complaint)
        {
            if (!isSo)
            {
                complaints.Add(complaint);
            }
        }
    }

    private static string? ChallengeOf(AttackHost host, Attack attack, List<string> refusals) => attack.Status switch
    {
        403 => null,
        _ when host.TellsReasons && refusals is [var reason] => $"{Challenge} error=\"invalid_token\", error_description=\"{reason}\"",
        _ => Challenge,
    };

    private static string Reason(LogEntry entry) => entry.Message.TrimEnd('.').Split(' ')[^1];

    private static bool IsOfServer(LogEntry entry) =>
        ServerCategories.Any(category => entry.Category.StartsWith(category, StringComparison.Ordinal));
}
