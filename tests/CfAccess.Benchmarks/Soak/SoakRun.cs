namespace CfAccess.Benchmarks.Soak;

/// <summary>Puts application, key endpoint and clients together, warms them up, and lets them run.</summary>
internal static class SoakRun
{
    private const int Clients = 64;
    private const long MostRequests = 200_000_000;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    public static async Task<SoakResult> RunAsync(TimeSpan length, int seed, TimeProvider clock, CancellationToken interrupted)
    {
        var ledger = new FetchLedger(clock);
        var outages = new OutagePlan(new Random(seed), clock.GetUtcNow() + WarmUp, length);
        await using var endpoint = await RotatingEndpoint.StartAsync(ledger, clock, new AnswerPlan(new Random(seed + 2), outages, clock));
        var supply = new TokenSupply(ledger, new UnknownKeyTokens(endpoint.Issuer, clock));
        var rotation = new KeyRotation(endpoint, supply, outages, new Random(seed + 1), clock);
        rotation.Begin();
        await using var host = await SoakHost.StartAsync(endpoint.Issuer, ledger);

        using var ended = new CancellationTokenSource();
        var rotating = rotation.RunAsync(ended.Token);
        var clients = Enumerable.Range(0, Clients)
            .Select(number => new SoakClient(host.Url, supply, new Judge(ledger), ledger, new Random(seed + 3 + number), clock))
            .ToList();
        try
        {
            var warmUp = await RunAsync(clients, WarmUp, clock, interrupted);
            var before = MemoryReading.Take();
            var start = clock.GetTimestamp();
            var tally = await RunAsync(clients, length / 2, clock, interrupted);
            var halfWay = MemoryReading.Take();
            tally.Add(await RunAsync(clients, length / 2, clock, interrupted));
            var took = clock.GetElapsedTime(start);
            var after = MemoryReading.Take();
            return new SoakResult(warmUp, tally, took, before, halfWay, after, ledger.Pace, rotation.Count, outages.Describe());
        }
        finally
        {
            await ended.CancelAsync();
            await rotating;
            clients.ForEach(client => client.Dispose());
        }
    }

    private static async Task<SoakTally> RunAsync(
        List<SoakClient> clients, TimeSpan length, TimeProvider clock, CancellationToken interrupted)
    {
        using var timer = new CancellationTokenSource(length, clock);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, interrupted);
        var tallies = await Task.WhenAll(clients.Select(client => Task.Run(() => client.RunAsync(MostRequests / Clients, stopping.Token))));
        var all = new SoakTally();
        foreach (var tally in tallies)
        {
            all.Add(tally);
        }

        return all;
    }
}
