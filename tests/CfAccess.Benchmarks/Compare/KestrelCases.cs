using CfAccess.Benchmarks.Parties;
using CfAccess.Benchmarks.Serve;
using CfAccess.Testing;

namespace CfAccess.Benchmarks.Compare;

/// <summary>The parties on Kestrel over loopback, each in a process of its own, in CPU time of a request.</summary>
internal static class KestrelCases
{
    private const string Ours = nameof(Party.CfAccess);
    private const string Peer = nameof(Party.JwtBearer);
    private const string Least = nameof(Party.Constant);

    public static async Task<IReadOnlyList<Measurement>> RunAsync()
    {
        await using var keys = await LoopbackKeysEndpoint.StartAsync(BenchTeam.Published);
        return [.. await SeenAsync(Issuer(keys)), await FloodAsync(Issuer(keys))];
    }

    public static string Issuer(LoopbackKeysEndpoint keys) => keys.Origin.GetLeftPart(UriPartial.Authority);

    private static async Task<IReadOnlyList<Measurement>> SeenAsync(string issuer)
    {
        const string name = "Kestrel, CPU a request, token seen before";
        var rounds = await TakeAsync(
            9, 12_000, BenchTeam.Person(0, issuer), 200, new(Party.CfAccess, issuer), new(Party.JwtBearer, issuer), new(Party.Constant, issuer), new(Party.Bare, issuer));
        return
        [
            new(name, $"CPU of {Peer}", string.Empty, rounds.Ratio(Ours, Peer), Targets.Served, rounds.All),
            new(name, $"CPU of {Least}", string.Empty, rounds.Ratio(Ours, Least), Targets.ServedAgainstConstant, rounds.All),
        ];
    }

    private static async Task<Measurement> FloodAsync(string issuer)
    {
        var folder = Directory.CreateTempSubdirectory("CfAccess");
        var forged = new TokenMinter(TimeProvider.System, TestKey.Get("stranger")).Sign(BenchTeam.Payload(0, issuer));
        var rounds = await TakeAsync(
            5,
            4_000,
            forged,
            401,
            new(Party.CfAccess, issuer, LogFile: Path.Combine(folder.FullName, Ours)),
            new(Party.JwtBearer, issuer, LogFile: Path.Combine(folder.FullName, Peer)));
        folder.Delete(recursive: true);
        return new(
            "Kestrel, CPU a request, flood of unknown kids, logs to a file",
            $"CPU of {Peer}",
            string.Empty,
            rounds.Ratio(Ours, Peer),
            Targets.Flood,
            rounds.All);
    }

    private static async Task<Rounds> TakeAsync(int count, int requests, string token, int expected, params ServeOrder[] orders)
    {
        List<ServedParty> servers = [];
        List<LoadClient> clients = [];
        try
        {
            var rounds = new Rounds();
            foreach (var order in orders)
            {
                servers.Add(await ServedParty.StartAsync(order));
                var (name, value) = PartySetup.HeaderOf(order.Party, token);
                clients.Add(new LoadClient(servers[^1].Url, name, value, expected));
                await clients[^1].SendAsync(requests / 2);
            }

            for (var round = -1; round < count; round++)
            {
                for (var turn = 0; turn < servers.Count; turn++)
                {
                    var at = (round + 1 + turn) % servers.Count;
                    var before = servers[at].CpuTime;
                    await clients[at].SendAsync(requests);
                    var taken = (servers[at].CpuTime - before).TotalMicroseconds / requests;
                    if (round >= 0)
                    {
                        rounds.Add(servers[at].Party.ToString(), taken);
                    }
                }
            }

            return rounds;
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
            servers.ForEach(server => server.Dispose());
        }
    }
}
