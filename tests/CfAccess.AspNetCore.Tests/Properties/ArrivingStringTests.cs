using CfAccess.Testing.Properties;

namespace CfAccess.AspNetCore.Tests.Properties;

/// <summary>
/// Whatever string arrives: 190,000 cases in a long run, straight to the token reader and the validator. <see cref="WholeHandlerTests"/> sends 10,000
/// through the whole handler, and the end-to-end tests 2,000 through Kestrel.
/// </summary>
[Trait("Duration", "Long")]
public sealed class ArrivingStringTests(ITestOutputHelper output)
{
    private const int Signatures = 3_000;

    private static readonly int Attempts = PropertyRuns.Scale(190_000);

    /// <summary>Every reason that lies in what is sent.</summary>
    private static readonly string[] ReasonsOfTokens =
    [
        "multiple_tokens", "too_long", "malformed", "unsupported_algorithm", "unsupported_header", "unknown_issuer", "unknown_key",
        "bad_signature", "wrong_audience", "wrong_type", "expired", "not_yet_valid", "issued_in_future", "invalid_claims",
    ];

    [Fact]
    public async Task Whatever_string_arrives_only_what_the_rules_accept_gets_in()
    {
        var seed = TestSeed.Next();
        output.WriteLine($"To replay: {seed}");
        await using var path = await TokenPath.StartAsync();

        seed.Check(AttemptGen.Attempts(seed.Value, Signatures), Attempts, attempt =>
        {
            var word = path.Judge(attempt);
            (word == TokenPath.Accepted).ShouldBe(ReferenceRequest.IsAccepted(attempt), word);
        });

        var tally = path.Tally;
        output.WriteLine(tally.ToString());
        tally.Count.ShouldBe(Attempts);
        tally.FromGood.ShouldBeGreaterThanOrEqualTo(Attempts / 2);
        tally.PastScreen.ShouldBeGreaterThanOrEqualTo(Attempts * 40 / 100);
        tally.Checked.ShouldBeGreaterThanOrEqualTo(Attempts * 25 / 100);
        tally.Of(TokenPath.Accepted).ShouldBeGreaterThanOrEqualTo(Attempts * 5 / 100);
        ReasonsOfTokens.Where(reason => tally.Of(reason) == 0).ShouldBeEmpty();
        path.Fetches.ShouldBe(0);
    }
}
