using CfAccess.Testing;

namespace CfAccess.Benchmarks.Soak;

/// <summary>A stock of tokens of one key, made once and sent often.</summary>
internal sealed class KeyTokens
{
    private const int Genuine = 24;
    private const int Bad = 3;

    private readonly SoakToken[] _genuine;
    private readonly SoakToken[] _bad;

    public KeyTokens(int index, TestKey key, string issuer, Random random, TimeProvider clock)
    {
        Index = index;
        Key = key;
        var forge = new TokenForge(index, key, issuer, clock);
        _genuine = [.. Enumerable.Range(0, Genuine).Select(_ => forge.Genuine(TimeSpan.FromSeconds(random.Next(3, 60))))];
        _bad =
        [
            .. Enumerable.Range(0, Bad).SelectMany(number => new[]
            {
                forge.Expired(TimeSpan.FromSeconds(random.Next(1, 600))),
                forge.OtherApplication(),
                forge.BadSignature(random),
                forge.SignedWithAnotherKey(),
                forge.Unsigned(),
                forge.HmacWithThePublicKey(asPem: number % 2 == 0),
            }),
        ];
    }

    public int Index { get; }

    public TestKey Key { get; }

    public SoakToken AnyGenuine(Random random) => _genuine[random.Next(_genuine.Length)];

    public SoakToken AnyBad(Random random) => _bad[random.Next(_bad.Length)];
}
