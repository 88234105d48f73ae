using CfAccess.Testing.Properties;

namespace CfAccess.AspNetCore.Tests.Properties;

/// <summary>Every change of one character, without chance: straight to the token reader and the validator.</summary>
[Trait("Duration", "Long")]
public sealed class OneCharacterTests(ITestOutputHelper output)
{
    /// <summary>The alphabet of base64url, and what a careless reader would take, skip or cut off at.</summary>
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \t\0\r\n%,;\"é\u0430\ud83d";

    [Fact]
    public async Task Any_change_of_any_one_character_of_a_good_token_is_refused()
    {
        await using var path = await TokenPath.StartAsync();
        var token = TokenRecipe.Person.Mint();
        path.Judge(new Attempt(token, null, true)).ShouldBe(TokenPath.Accepted);

        for (var at = 0; at < token.Length; at++)
        {
            foreach (var character in Characters.Where(character => character != token[at]))
            {
                ShouldBeRefused(token[..at] + character + token[(at + 1)..]);
            }

            ShouldBeRefused(token[..at] + token[(at + 1)..]);
            ShouldBeRefused(token[..at] + token[at] + token[at..]);
        }

        output.WriteLine(path.Tally.ToString());
        path.Tally.Count.ShouldBeGreaterThan(token.Length * Characters.Length);

        void ShouldBeRefused(string changed)
        {
            if (path.Judge(new Attempt(changed, null, true)) == TokenPath.Accepted)
            {
                throw new ShouldAssertException($"Accepted {changed}");
            }
        }
    }
}
