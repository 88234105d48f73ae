using System.IdentityModel.Tokens.Jwt;
using System.Net;

namespace CfAccess.Emulator.Tests.Callers;

public sealed class ServiceTokenTests : EmulatedAppTests
{
    private const string Id = AccessEmulatorDefaults.ServiceTokenClientId;

    [Fact]
    public async Task The_right_secret_gives_the_app_an_assertion_of_the_service()
    {
        var app = App;
        var secret = app.Emulator.ServiceTokens[0].ClientSecret!;

        var lines = await app.EchoAsync(("CF-Access-Client-Id", Id), ("CF-Access-Client-Secret", secret));

        var access = lines.Where(line => line.StartsWith("Cf-Access-", StringComparison.OrdinalIgnoreCase)).ShouldHaveSingleItem();
        var token = new JwtSecurityTokenHandler().ReadJwtToken(access["Cf-Access-Jwt-Assertion: ".Length..]);
        token.Payload["common_name"].ShouldBe(Id);
    }

    [Fact]
    public async Task A_service_has_the_cookie_too_in_place_of_a_persons()
    {
        var app = App;
        var alice = app.Emulator.LogIn("alice@example.com").Token;

        var lines = await app.EchoAsync(
            ("CF-Access-Client-Id", Id),
            ("CF-Access-Client-Secret", app.Emulator.ServiceTokens[0].ClientSecret!),
            ("Cookie", $"theme=dark; CF_Authorization={alice}"));

        var assertion = lines.Single(line => line.StartsWith("Cf-Access-Jwt-Assertion: ", StringComparison.Ordinal))["Cf-Access-Jwt-Assertion: ".Length..];
        lines.ShouldContain($"Cookie: theme=dark; CF_Authorization={assertion}");
    }

    [Fact]
    public async Task A_service_keeps_its_token_until_half_its_life_is_over_or_the_key_rotates()
    {
        await using var app = await EmulatedApp.StartAsync();

        var first = await AssertionAsync(app);
        (await AssertionAsync(app)).ShouldBe(first);

        app.Emulator.RotateKey();
        var second = await AssertionAsync(app);
        second.ShouldNotBe(first);

        app.Clock.Advance(TimeSpan.FromHours(12));
        (await AssertionAsync(app)).ShouldNotBe(second);
    }

    [Theory]
    [InlineData(Id, "wrong", "is not that of its CF-Access-Client-Id")]
    [InlineData(Id, null, "no CF-Access-Client-Secret")]
    [InlineData(null, "wrong", "no CF-Access-Client-Id")]
    [InlineData("nobody.access", "wrong", "knows no service token")]
    public async Task A_wrong_or_half_service_token_is_told_what_is_wrong(string? id, string? secret, string sentence)
    {
        var app = App;
        (string, string)[] headers = [.. Header("CF-Access-Client-Id", id), .. Header("CF-Access-Client-Secret", secret)];

        using var response = await app.GetAsync("/echo", headers);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var said = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        said.ShouldContain(sentence);
        said.ShouldNotContain("\"wrong\"");
    }

    [Fact]
    public async Task A_wrong_service_token_is_not_mended_by_a_session()
    {
        var app = App;
        var token = app.Emulator.LogIn("alice@example.com").Token;

        using var response = await app.GetAsync(
            "/echo", ("Cookie", $"CF_Authorization={token}"), ("CF-Access-Client-Id", Id), ("CF-Access-Client-Secret", "wrong"));

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_header_sent_twice_is_refused()
    {
        var app = App;
        var secret = app.Emulator.ServiceTokens[0].ClientSecret!;
        var context = await app.Server.SendAsync(
            context =>
            {
                context.Request.Path = "/echo";
                context.Request.Headers["CF-Access-Client-Id"] = Id;
                context.Request.Headers["CF-Access-Client-Secret"] = new([secret, secret]);
            },
            TestContext.Current.CancellationToken);

        context.Response.StatusCode.ShouldBe(403);
    }

    private static IEnumerable<(string, string)> Header(string name, string? value) => value is null ? [] : [(name, value)];

    private static async Task<string> AssertionAsync(EmulatedApp app)
    {
        var secret = app.Emulator.ServiceTokens[0].ClientSecret!;
        var lines = await app.EchoAsync(("CF-Access-Client-Id", Id), ("CF-Access-Client-Secret", secret));
        return lines.Single(line => line.StartsWith("Cf-Access-Jwt-Assertion", StringComparison.Ordinal));
    }
}
