using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.Configuration;

namespace CfAccess.Emulator.Tests.Endpoints;

public sealed class LoginTests : EmulatedAppTests
{
    [Fact]
    public async Task Picking_a_person_leads_back_logged_in()
    {
        var app = App;
        using var browser = app.Browser();
        using var refused = await browser.GetAsync("/guarded?x=1");
        var page = await browser.OpenAsync(refused.Headers.Location!.OriginalString);

        using var response = await browser.SendFormAsync(
            refused.Headers.Location.OriginalString, [.. Browser.FieldsOf(page), new("person", "alice@example.com")]);

        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        response.Headers.Location!.OriginalString.ShouldBe("/guarded?x=1");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await browser.GetAsync("/guarded?x=1")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("http://localhost", null, "lax", false)]
    [InlineData("https://localhost", null, "none", true)]
    [InlineData("http://localhost", "None", "lax", false)]
    [InlineData("https://localhost", "Lax", "lax", true)]
    [InlineData("http://localhost", "Strict", "strict", false)]
    public async Task The_session_cookie_has_the_SameSite_of_Access_where_browsers_accept_it(string address, string? setting, string sameSite, bool secure)
    {
        await using var app = await EmulatedApp.StartAsync(
            build: builder => builder.Configuration.AddInMemoryCollection(
                setting is null ? [] : [new("CloudflareAccess:Emulator:CookieSameSite", setting)]));
        app.Server.BaseAddress = new(address);
        using var browser = app.Browser();

        using var response = await browser.LogInAsync("alice@example.com");

        var cookie = response.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("CF_Authorization=", StringComparison.Ordinal));
        cookie.ShouldContain("; path=/;");
        cookie.ShouldContain($"; samesite={sameSite}");
        cookie.ShouldContain("; httponly");
        cookie.Contains("; secure", StringComparison.Ordinal).ShouldBe(secure);
    }

    [Fact]
    public async Task The_page_shows_each_person_and_says_that_it_is_not_Cloudflare()
    {
        var app = App;
        using var browser = app.Browser();

        var page = await browser.OpenAsync("/cdn-cgi/access/login/localhost?redirect_url=%2Fme");

        page.QuerySelectorAll("script").ShouldBeEmpty();
        page.QuerySelectorAll<IHtmlButtonElement>("button[name=person]").Select(button => button.Value).ShouldBe(["alice@example.com", "bob@example.com"]);
        var text = page.Body!.TextContent;
        text.ShouldContain("this is not Cloudflare");
        text.ShouldContain("Alice Example");
        text.ShouldContain("Group: platform");
        text.ShouldContain("In no group");
        text.ShouldContain("/me");
    }

    [Fact]
    public async Task The_page_is_neither_cached_nor_framed()
    {
        var app = App;

        using var response = await app.GetAsync("/cdn-cgi/access/login/localhost");

        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
    }

    [Fact]
    public async Task Names_are_text_and_never_markup()
    {
        const string Markup = "\"><script>alert(1)</script>&amp;";
        await using var app = await EmulatedApp.StartAsync(options => options.People =
            [new() { Email = "a\"<b>@example.com", Name = Markup, Groups = [Markup, "<i>"] }]);
        using var browser = app.Browser();

        var page = await browser.OpenAsync("/cdn-cgi/access/login/localhost?redirect_url=" + Uri.EscapeDataString("/\"><b>x</b>"));

        page.QuerySelectorAll("script, i, b").ShouldBeEmpty();
        var button = page.QuerySelectorAll<IHtmlButtonElement>("button[name=person]").ShouldHaveSingleItem();
        button.Value.ShouldBe("a\"<b>@example.com");
        button.TextContent.ShouldContain(Markup);
        Browser.FieldsOf(page).ShouldContain(new KeyValuePair<string, string>("redirect_url", "/\"><b>x</b>"));
    }

    [Fact]
    public async Task An_unknown_person_is_refused_in_one_sentence()
    {
        var app = App;
        using var browser = app.Browser();

        using var response = await browser.LogInAsync("eve@example.com");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("knows no such person");
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task Logging_out_ends_the_persons_sessions_in_every_browser_and_nobody_elses()
    {
        var app = App;
        var (here, there, bob) = (app.Emulator.LogIn("alice@example.com"), app.Emulator.LogIn("alice@example.com"), app.Emulator.LogIn("bob@example.com"));

        using var response = await app.GetAsync("/cdn-cgi/access/logout", ("Cookie", $"CF_Authorization={here.Token}"));

        app.Emulator.Sessions.Find(here.Token).ShouldBeNull();
        app.Emulator.Sessions.Find(there.Token).ShouldBeNull();
        app.Emulator.Sessions.Find(bob.Token).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task A_page_of_another_site_logs_nobody_out(string site)
    {
        var app = App;
        var session = app.Emulator.LogIn("alice@example.com");

        using var response = await app.GetAsync("/cdn-cgi/access/logout", ("Cookie", $"CF_Authorization={session.Token}"), ("Sec-Fetch-Site", site));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        app.Emulator.Sessions.Find(session.Token).ShouldNotBeNull();
    }

    [Fact]
    public async Task Logging_out_ends_the_session_and_deletes_the_cookie()
    {
        var app = App;
        using var browser = app.Browser();
        using var login = await browser.LogInAsync("alice@example.com");
        var token = browser.Cookies.GetCookies(app.Server.BaseAddress)["CF_Authorization"]!.Value;

        var page = await browser.OpenAsync("/cdn-cgi/access/logout");

        page.QuerySelector<IHtmlAnchorElement>("a")!.GetAttribute("href").ShouldBe("/");
        browser.Cookies.GetCookies(app.Server.BaseAddress)["CF_Authorization"].ShouldBeNull();
        (await app.GetAsync("/guarded", ("Cookie", $"CF_Authorization={token}"))).StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Theory]
    [InlineData("/cdn-cgi/access")]
    [InlineData("/cdn-cgi/access/")]
    [InlineData("/cdn-cgi/access/nothing")]
    [InlineData("/cdn-cgi/access/login/a/b")]
    [InlineData("/cdn-cgi/access/certs/x")]
    public async Task What_Access_does_not_have_is_not_found(string path)
    {
        var app = App;

        (await app.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_short_session_gives_a_token_that_ends_after_a_minute()
    {
        await using var app = await EmulatedApp.StartAsync();
        using var browser = app.Browser();
        const string login = "/cdn-cgi/access/login";
        var page = await browser.OpenAsync(login);
        page.QuerySelectorAll<IHtmlOptionElement>("select[name=session] option").ShouldContain(option => option.Value == "short");

        using var response = await browser.SendFormAsync(login, [.. Browser.FieldsOf(page), new("session", "short"), new("person", "alice@example.com")]);

        var token = browser.Cookies.GetCookies(app.Server.BaseAddress)["CF_Authorization"]!.Value;
        var payload = new System.IdentityModel.Tokens.Jwt.JwtSecurityTokenHandler().ReadJwtToken(token).Payload;
        (payload.Expiration!.Value - new DateTimeOffset(payload.IssuedAt).ToUnixTimeSeconds()).ShouldBe(60);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await browser.GetAsync("/guarded")).StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Theory]
    [InlineData("Let it expire", "Your session has expired.")]
    [InlineData("Revoke", "Your session was revoked.")]
    public async Task The_page_says_why_it_is_there_again(string button, string why)
    {
        await using var app = await EmulatedApp.StartAsync();
        using var browser = app.Browser();
        using var landing = await browser.LogInAsync("alice@example.com");
        (await TextAsync(browser)).ShouldNotContain("Your session");
        var session = app.Emulator.Sessions.All.ShouldHaveSingleItem();
        var dashboard = await browser.OpenAsync("/cdn-cgi/access/emulator");
        var form = dashboard.Forms.Single(one => one.QuerySelector("button")!.TextContent == button);

        using var pressed = await browser.SendFormAsync(
            form.GetAttribute("action")!, form.QuerySelectorAll<IHtmlInputElement>("input").Select(input => KeyValuePair.Create(input.Name!, input.Value)));

        session.Email.ShouldBe("alice@example.com");
        (await TextAsync(browser)).ShouldContain(why);
        using var again = await browser.LogInAsync("bob@example.com");
        (await TextAsync(browser)).ShouldNotContain("Your session");
    }

    private static async Task<string> TextAsync(Browser browser) => (await browser.OpenAsync("/cdn-cgi/access/login")).Body!.TextContent;
}
