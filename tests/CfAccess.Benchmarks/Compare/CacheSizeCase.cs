using CfAccess.Benchmarks.Parties;

namespace CfAccess.Benchmarks.Compare;

/// <summary>The memory of 10,000 cached tokens, texts and all.</summary>
internal static class CacheSizeCase
{
    private const int Count = 10_000;
    private const double Megabyte = 1_000_000;

    public static IEnumerable<Measurement> Run()
    {
        using var host = PartyHost.Start(Party.CfAccess);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Parallel.For(0, Count, number =>
        {
            var token = BenchTeam.Person(number);
            host.Authenticate(token);
            host.Authenticate(token);
        });
        var taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        yield return Measurement.Single("10,000 tokens cached", "memory", "MB", taken / Megabyte, Targets.CachedMegabytes);
        GC.KeepAlive(host);
    }
}
