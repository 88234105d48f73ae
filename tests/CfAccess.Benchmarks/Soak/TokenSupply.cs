namespace CfAccess.Benchmarks.Soak;

/// <summary>Deals out tokens of the keys there are, were and will be, with attacks among them.</summary>
internal sealed class TokenSupply(FetchLedger ledger, UnknownKeyTokens unknown)
{
    private const int Kept = 8;

    private KeyTokens[] _newestFirst = [];

    /// <summary>From now on the key's tokens are sent, in place of those of the same key that were before.</summary>
    public void Add(KeyTokens tokens) => Volatile.Write(
        ref _newestFirst,
        [.. _newestFirst.Where(one => one.Index != tokens.Index).Append(tokens).OrderByDescending(one => one.Index).Take(Kept)]);

    public SoakToken Next(Random random)
    {
        var version = ledger.Version;
        var all = Volatile.Read(ref _newestFirst);
        var stock = IsSilent(version) ? [Newest(all, version), Newest(all, version - 1)] : all;
        return random.Next(100) switch
        {
            < 40 => Genuine(Newest(stock, version), version, random),
            < 60 => Genuine(Newest(stock, version - 1), version, random),
            < 80 => stock[random.Next(Math.Min(3, stock.Length))].AnyBad(random),
            < 95 => Genuine(IsQuiet(version) ? stock[0] : stock[random.Next(stock.Length)], version, random),
            _ => IsQuiet(version) ? Genuine(stock[0], version, random) : unknown.Next(random),
        };
    }

    /// <summary>In a flood somebody else's unknown key fetches what a new one needs; two rotations of four have to do without.</summary>
    private static bool IsQuiet(int version) => version % 4 > 1;

    /// <summary>One rotation of four comes to a scheme that has met no unknown key for seconds, and must cost nothing.</summary>
    private static bool IsSilent(int version) => version % 4 == 3;

    private static KeyTokens Newest(KeyTokens[] stock, int index) => stock.FirstOrDefault(one => one.Index == index) ?? stock[0];

    private static SoakToken Genuine(KeyTokens tokens, int version, Random random) => tokens.AnyGenuine(random) with
    {
        Kind = tokens.Index > version ? TokenKind.NotYetPublished
            : tokens.Index == version ? TokenKind.Current
            : tokens.Index == version - 1 ? TokenKind.Previous
            : TokenKind.Withdrawn,
    };
}
