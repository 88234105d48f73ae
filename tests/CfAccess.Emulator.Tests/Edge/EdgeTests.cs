using System.Net;
using CfAccess.AspNetCore;

namespace CfAccess.Emulator.Tests.Edge;

public sealed class EdgeTests : EmulatedAppTests
{
    private const string Assertion = CloudflareAccessDefaults.AssertionHeader;

    [Theory]
    [InlineData("Cf-Access-Jwt-Assertion", "forged")]
    [InlineData("cf-access-jwt-assertion", "forged")]
    [InlineData("Cf-Access-Authenticated-User-Email", "alice@example.com")]
    [InlineData("Cf-Access-Token", "forged")]
    [InlineData("CF-ACCESS-ANYTHING", "forged")]
    public async Task A_forged_access_header_never_reaches_the_app(string name, string value)
    {
        var app = App;

        var lines = await app.EchoAsync((name, value), ("X-Other", "stays"));

        lines.ShouldNotContain(line => line.StartsWith("Cf-Access-", StringComparison.OrdinalIgnoreCase));
        lines.ShouldContain("X-Other: stays");
    }

    [Fact]
    public async Task A_good_token_in_a_header_is_stripped_too()
    {
        var app = App;

        using var response = await app.GetAsync("/guarded", (Assertion, app.Emulator.LogIn("alice@example.com").Token));

        response.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task A_live_session_gives_the_app_header_and_cookie()
    {
        var app = App;
        var token = app.Emulator.LogIn("alice@example.com").Token;

        var lines = await app.EchoAsync(("Cookie", $"a=1; CF_Authorization={token}; b=2"), (Assertion, "forged"));

        lines.ShouldContain($"Cf-Access-Jwt-Assertion: {token}");
        lines.ShouldContain("Cf-Access-Authenticated-User-Email: alice@example.com");
        lines.ShouldContain($"Cookie: a=1; CF_Authorization={token}; b=2");
        lines.Count(line => line.StartsWith("Cf-Access-", StringComparison.OrdinalIgnoreCase)).ShouldBe(2);
    }

    [Theory]
    [InlineData("CF_Authorization=forged", null)]
    [InlineData("a=1; CF_Authorization=forged; b=2", "Cookie: a=1; b=2")]
    [InlineData("CF_Authorization=forged; a=1", "Cookie: a=1")]
    [InlineData("a=1;CF_Authorization =forged;;b=%20; c", "Cookie: a=1;;b=%20; c")]
    [InlineData("CF_Authorization=; a=\"x y\"", "Cookie: a=\"x y\"")]
    [InlineData("cf_authorization=theirs; CF_AuthorizationX=1", "Cookie: cf_authorization=theirs; CF_AuthorizationX=1")]
    [InlineData("a=CF_Authorization; b=%41", "Cookie: a=CF_Authorization; b=%41")]
    public async Task A_forged_session_cookie_is_taken_out_and_other_cookies_stay_as_they_are(string sent, string? seen)
    {
        var app = App;

        var lines = await app.EchoAsync(("Cookie", sent));

        lines.Where(line => line.StartsWith("Cookie:", StringComparison.Ordinal)).ShouldBe(seen is null ? [] : [seen]);
        lines.ShouldNotContain(line => line.StartsWith("Cf-Access-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Of_several_session_cookies_the_first_live_one_stays()
    {
        var app = App;
        var (bob, alice) = (app.Emulator.LogIn("bob@example.com").Token, app.Emulator.LogIn("alice@example.com").Token);

        var lines = await app.EchoAsync(("Cookie", $"CF_Authorization=forged; CF_Authorization={bob}; CF_Authorization={alice}; a=1"));

        lines.ShouldContain($"Cookie: CF_Authorization={bob}; a=1");
        lines.ShouldContain($"Cf-Access-Jwt-Assertion: {bob}");
    }

    [Fact]
    public async Task A_good_token_that_is_no_session_is_not_let_in()
    {
        var app = App;

        var lines = await app.EchoAsync(("Cookie", $"CF_Authorization={app.Emulator.MintPersonToken("alice@example.com")}"));

        lines.ShouldNotContain(line => line.StartsWith("Cf-Access-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_session_ends_to_the_second()
    {
        await using var app = await EmulatedApp.StartAsync(options => options.SessionDuration = TimeSpan.FromMinutes(10));
        var session = app.Emulator.LogIn("alice@example.com");
        var cookie = ("Cookie", $"CF_Authorization={session.Token}");

        app.Clock.Advance(session.ExpiresAt - app.Clock.GetUtcNow() - TimeSpan.FromMilliseconds(1));
        (await app.GetAsync("/guarded", cookie)).StatusCode.ShouldBe(HttpStatusCode.OK);

        app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await app.GetAsync("/guarded", cookie)).StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task A_revoked_session_is_over()
    {
        var app = App;
        var token = app.Emulator.LogIn("alice@example.com").Token;

        app.Emulator.Revoke(token).ShouldBeTrue();

        (await app.GetAsync("/guarded", ("Cookie", $"CF_Authorization={token}"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        app.Emulator.Revoke(token).ShouldBeFalse();
    }

    [Fact]
    public async Task A_rotated_key_costs_no_session_until_its_key_is_gone()
    {
        await using var app = await EmulatedApp.StartAsync();
        var cookie = ("Cookie", $"CF_Authorization={app.Emulator.LogIn("alice@example.com").Token}");

        app.Emulator.RotateKey();
        (await app.GetAsync("/guarded", cookie)).StatusCode.ShouldBe(HttpStatusCode.OK);

        app.Emulator.RotateKey();
        (await app.GetAsync("/guarded", cookie)).StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task Without_the_edge_everything_reaches_the_app_as_it_was_sent()
    {
        await using var app = await EmulatedApp.StartAsync(options => options.Edge = false);

        (await app.EchoAsync((Assertion, "wrong"))).ShouldContain("Cf-Access-Jwt-Assertion: wrong");
        (await app.GetAsync("/guarded")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.GetAsync("/cdn-cgi/access/certs")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
