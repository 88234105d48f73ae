using System.Net;
using CfAccess.Benchmarks.Parties;
using CfAccess.Benchmarks.Serve;
using CfAccess.Testing;

namespace CfAccess.Benchmarks.Compare;

/// <summary>The first authenticated request that a process answers: with keys fetched at start, and with keys that it has to fetch.</summary>
internal static class StartCase
{
    private const string Ahead = "keys fetched ahead";
    private const string OnDemand = "keys fetched on demand";
    private const int Turns = 9;

    public static async Task<Measurement> RunAsync()
    {
        await using var keys = await LoopbackKeysEndpoint.StartAsync(BenchTeam.Published);
        var issuer = KestrelCases.Issuer(keys);
        var token = BenchTeam.Person(0, issuer);
        var rounds = new Rounds();
        for (var round = 0; round < Turns; round++)
        {
            rounds.Add(Ahead, await FirstAsync(new(Party.CfAccess, issuer, Prewarms: true), token));
            rounds.Add(OnDemand, await FirstAsync(new(Party.CfAccess, issuer, Prewarms: false), token));
        }

        return new(
            "first authenticated request after start",
            $"time with {OnDemand}",
            string.Empty,
            rounds.Ratio(Ahead, OnDemand),
            Targets.FirstRequest,
            rounds.All);
    }

    private static async Task<double> FirstAsync(ServeOrder order, string token)
    {
        using var server = await ServedParty.StartAsync(order);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Url);
        var (name, value) = PartySetup.HeaderOf(order.Party, token);
        request.Headers.TryAddWithoutValidation(name, value);
        var start = TimeProvider.System.GetTimestamp();
        using var response = await client.SendAsync(request);
        var taken = TimeProvider.System.GetElapsedTime(start).TotalMicroseconds;
        return response.StatusCode == HttpStatusCode.OK ? taken : throw new InvalidOperationException($"Answered {response.StatusCode}.");
    }
}
