using System.Globalization;
using System.Text.Json.Nodes;
using CfAccess.AspNetCore;
using CfAccess.Benchmarks.Compare;
using CfAccess.Benchmarks.Parties;
using CfAccess.Testing;

namespace CfAccess.Benchmarks.Scale;

/// <summary>The verb <c>scale</c>: how the cost of a request grows with what an application has much of. Medians of a few rounds.</summary>
internal static class ScaleCommand
{
    private const int Turns = 7;
    private const int Requests = 20_000;

    public static int Run()
    {
        Console.WriteLine(Machine.Describe());
        Console.WriteLine();
        Console.WriteLine("| what | how many | a token seen before, µs | for the first time, µs |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var count in new[] { 2, 8, 16, 32, 64 })
        {
            WriteRow("claims", count, _ => { }, payload => SetClaims(payload, count));
        }

        foreach (var count in new[] { 1, 2, 5, 10 })
        {
            WriteRow("audiences", count, options => options.Audiences = [.. Audiences(count)], _ => { });
            WriteRow("teams", count, options => SetTeams(options, count), _ => { });
        }

        Console.WriteLine();
        Console.WriteLine("| distinct tokens in turn | threads | a request, µs | found in the cache |");
        Console.WriteLine("|---|---|---|---|");
        var tokens = BenchTeam.People(100_000);
        foreach (var count in new[] { 1, 10, 100, 1_000, 10_000, 100_000 })
        {
            WriteTokens(tokens.AsSpan(0, count).ToArray(), threads: 1);
            WriteTokens(tokens.AsSpan(0, count).ToArray(), threads: 2);
        }

        return 0;
    }

    private static void WriteRow(string what, int count, Action<CloudflareAccessOptions> configure, Action<JsonObject> change)
    {
        var payload = BenchTeam.Payload(0);
        change(payload);
        var token = BenchTeam.Minter.Sign(payload);
        using var cached = PartyHost.Start(Party.CfAccess, configure);
        using var uncached = PartyHost.Start(Party.CfAccessUncached, configure);
        var rounds = Rounds.Take(
            Turns,
            ("seen", () => Clock.Microseconds(Requests, _ => cached.Authenticate(token))),
            ("first", () => Clock.Microseconds(Requests / 20, _ => uncached.Authenticate(token))));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {what} | {count} | {rounds.Median("seen"):0.00} | {rounds.Median("first"):0.0} |"));
    }

    private static void WriteTokens(string[] tokens, int threads)
    {
        using var host = PartyHost.Start(Party.CfAccess);
        using var hits = new HitCounter(host.Services);
        foreach (var token in tokens)
        {
            host.Authenticate(token);
        }

        // One whole turn of all tokens at least, so that each is asked for again.
        var requests = Math.Max(Requests, tokens.Length);
        var before = hits.Share;
        var time = Clock.Microseconds(1, _ => Parallel.For(
            0,
            threads,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            thread =>
            {
                for (var number = thread; number < requests; number += threads)
                {
                    host.Authenticate(tokens[number % tokens.Length]);
                }
            })) / requests;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {tokens.Length:N0} | {threads} | {time:0.00} | {hits.ShareSince(before):P0} |"));
    }

    private static void SetClaims(JsonObject payload, int count)
    {
        payload.Remove("custom");
        foreach (var name in new[] { "iat", "nbf", "identity_nonce", "country", "email", "sub" })
        {
            if (payload.Count > Math.Max(count, 4))
            {
                payload.Remove(name);
            }
        }

        for (var number = payload.Count; number < count; number++)
        {
            payload[string.Create(CultureInfo.InvariantCulture, $"claim_{number}")] = "a value of a claim";
        }
    }

    private static IEnumerable<string> Audiences(int count) =>
        Enumerable.Range(1, count - 1).Select(number => number.ToString("x64", CultureInfo.InvariantCulture)).Append(TestTeam.Audience);

    private static void SetTeams(CloudflareAccessOptions options, int count)
    {
        options.TeamDomain = null;
        options.Audiences = [];
        options.Teams =
        [
            .. Enumerable.Range(1, count - 1).Select(number => new CloudflareAccessTeam
            {
                TeamDomain = string.Create(CultureInfo.InvariantCulture, $"team-{number}"),
                Audiences = [number.ToString("x64", CultureInfo.InvariantCulture)],
            }),
            new() { TeamDomain = TestTeam.Issuer, Audiences = [TestTeam.Audience] },
        ];
    }
}
