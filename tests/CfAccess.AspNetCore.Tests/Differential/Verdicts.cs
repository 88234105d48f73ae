using CfAccess.AspNetCore.Tests.Differential;
using CfAccess.AspNetCore.Tests.Properties;
using CfAccess.Testing.Properties;
using FsCheck;
using FsCheck.Fluent;

[assembly: AssemblyFixture(typeof(Verdicts))]

namespace CfAccess.AspNetCore.Tests.Differential;

/// <summary>The corpus, judged by all three: good tokens, every twist on some of them, and pairs of twists.</summary>
public sealed class Verdicts
{
    private const int GoodTokens = 400;
    private const int TokensOfTwist = 8;
    private const int Pairs = 2_000;

    private static readonly Func<Specimen, Specimen>[] Twists =
    [
        .. HeaderTwists.All,
        .. PayloadTwists.All,
        .. Enum.GetValues<Spelling>().Skip(1).Select(Spelt),
        .. Enum.GetValues<Signature>().Skip(1).Select(Signed),
    ];

    private readonly Lazy<Task<IReadOnlyList<Verdict>>> _all;

    public Verdicts() => _all = new Lazy<Task<IReadOnlyList<Verdict>>>(JudgeAsync);

    public TestSeed Seed { get; } = TestSeed.Next();

    internal Task<IReadOnlyList<Verdict>> AllAsync() => _all.Value;

    private static Func<Specimen, Specimen> Spelt(Spelling spelling) => specimen => specimen with { Spelling = spelling };

    private static Func<Specimen, Specimen> Signed(Signature signature) => specimen => specimen with { Signature = signature };

    private async Task<IReadOnlyList<Verdict>> JudgeAsync()
    {
        await using var path = await TokenPath.StartAsync();
        var verdicts = new List<Verdict>();
        foreach (var (specimen, twists) in Corpus())
        {
            var token = specimen.Mint();
            var word = path.Judge(new Attempt(token, null, twists > 0));
            verdicts.Add(new Verdict(
                specimen, twists, word, word == TokenPath.Accepted, Textbook.OlderAccepts(token), await Textbook.NewerAcceptsAsync(token)));
        }

        return verdicts;
    }

    private IEnumerable<(Specimen Specimen, int Twists)> Corpus()
    {
        var good = GoodSpecimens.All.Sample(GoodTokens, new Rnd(Seed.Value), 10).ToList();
        var pairs = Gen.Elements(Twists).Two().Sample(Pairs, new Rnd(Seed.Value), 10);
        return
        [
            .. good.Select(specimen => (specimen, 0)),
            .. Enumerable.Range(0, Twists.Length * TokensOfTwist).Select(at => (Twists[at / TokensOfTwist](good[at % GoodTokens]), 1)),
            .. pairs.Select((pair, at) => (pair.Item2(pair.Item1(good[at % GoodTokens])), 2)),
        ];
    }
}
