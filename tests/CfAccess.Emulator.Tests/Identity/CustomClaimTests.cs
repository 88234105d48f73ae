using System.IdentityModel.Tokens.Jwt;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.Emulator.Tests.Identity;

public sealed class CustomClaimTests : EmulatorTests
{
    private const int LargestCookie = 4096;

    [Fact]
    public void A_person_in_many_groups_still_has_a_token_that_fits_into_a_cookie()
    {
        var token = Emulator.LogIn("alice@example.com", [.. Enumerable.Range(0, 1000).Select(number => $"group-é-{number}")]).Token;

        ("CF_Authorization".Length + token.Length).ShouldBeInRange(3800, LargestCookie);
        var kept = Custom(token).GetProperty("groups").EnumerateArray().Select(group => group.GetString()).ToList();
        kept.ShouldBe(Enumerable.Range(0, kept.Count).Select(number => $"group-é-{number}"));
    }

    [Fact]
    public void What_is_too_much_is_dropped_from_the_end()
    {
        var token = Emulator.MintPersonToken(new AccessEmulatorPerson
        {
            Email = "alice@example.com",
            Groups = ["platform"],
            Custom = new() { ["first"] = "stays", ["second"] = new string('x', 3000), ["third"] = new JsonObject { ["a"] = null } },
        });

        Custom(token).ToString().ShouldBe("""{"groups":["platform"],"first":"stays"}""");
    }

    [Fact]
    public void With_nothing_left_there_is_no_custom()
    {
        var token = Emulator.MintPersonToken(new AccessEmulatorPerson
        {
            Email = "alice@example.com",
            Custom = new() { ["only"] = new string('x', 3000) },
        });

        new JwtSecurityTokenHandler().ReadJwtToken(token).Payload.ContainsKey("custom").ShouldBeFalse();
    }

    [Fact]
    public void A_token_takes_nothing_from_the_person_that_the_next_one_would_lack()
    {
        var person = new AccessEmulatorPerson { Email = "a@example.com", Custom = new() { ["list"] = new JsonArray("a", "b") } };

        var (first, second) = (Emulator.MintPersonToken(person), Emulator.LogIn(person).Token);

        Custom(first).ToString().ShouldBe(Custom(second).ToString());
    }

    private static JsonElement Custom(string token) => JsonSerializer
        .Deserialize<JsonElement>(Base64UrlEncoder.Decode(new JwtSecurityTokenHandler().ReadJwtToken(token).RawPayload))
        .GetProperty("custom");
}
