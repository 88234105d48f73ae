using System.Net;

namespace CfAccess.Emulator.Tests.Endpoints;

public sealed class LoginSafetyTests : EmulatedAppTests
{
    private const string Login = "/cdn-cgi/access/login";

    [Fact]
    public async Task A_login_without_the_pages_antiforgery_token_is_refused()
    {
        var app = App;
        using var browser = app.Browser();
        await browser.OpenAsync(Login);

        using var response = await browser.SendFormAsync(Login, [new("person", "alice@example.com")]);

        ShouldBeRefused(response);
    }

    [Fact]
    public async Task A_token_of_one_browser_is_worth_nothing_in_another()
    {
        var app = App;
        using var mine = app.Browser();
        using var theirs = app.Browser();
        var fields = Browser.FieldsOf(await mine.OpenAsync(Login));
        await theirs.OpenAsync(Login);

        using var response = await theirs.SendFormAsync(Login, [.. fields, new("person", "alice@example.com")]);

        ShouldBeRefused(response);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "http://localhost:81")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_login_sent_by_another_site_is_refused(string name, string value)
    {
        var app = App;
        using var browser = app.Browser();

        using var response = await browser.LogInAsync("alice@example.com", change: request => request.Headers.Add(name, value));

        ShouldBeRefused(response);
    }

    [Fact]
    public async Task A_login_sent_by_this_site_is_taken()
    {
        var app = App;
        using var browser = app.Browser();

        using var response = await browser.LogInAsync("alice@example.com", change: request =>
        {
            request.Headers.Add("Origin", "http://localhost");
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
        });

        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_refused()
    {
        var app = App;
        using var client = app.Server.CreateClient();
        using var content = new StringContent("--x\r\nbroken", System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=y"));

        using var response = await client.PostAsync(Login, content, TestContext.Current.CancellationToken);

        ShouldBeRefused(response);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    [InlineData("multipart/form-data; boundary=y")]
    public async Task The_pages_token_in_a_header_is_no_way_round_the_form(string contentType)
    {
        var app = App;
        using var browser = app.Browser();
        var token = Browser.FieldsOf(await browser.OpenAsync(Login)).Single(field => field.Key.StartsWith("__", StringComparison.Ordinal)).Value;

        using var response = await browser.SendFormAsync(Login, [], request =>
        {
            request.Headers.Add("RequestVerificationToken", token);
            request.Content = new StringContent("--y", System.Net.Http.Headers.MediaTypeHeaderValue.Parse(contentType));
        });

        ShouldBeRefused(response);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/\r\nLocation: https://evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("me")]
    [InlineData("/caf\u00e9")]
    public async Task A_login_never_leads_to_another_host(string wanted)
    {
        var app = App;
        using var browser = app.Browser();

        using var page = await browser.GetAsync($"{Login}?redirect_url={Uri.EscapeDataString(wanted)}");
        page.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("redirect_url has to be a path of this host");

        var fields = Browser.FieldsOf(await browser.OpenAsync(Login)).Where(field => field.Key != "redirect_url");
        using var form = await browser.SendFormAsync(Login, [.. fields, new("redirect_url", wanted), new("person", "alice@example.com")]);
        ShouldBeRefused(form);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:80")]
    [InlineData("localhost.evil.example")]
    [InlineData("localhost@evil.example")]
    [InlineData("localhost:80@evil.example")]
    [InlineData("localhost:")]
    [InlineData("localhost:x")]
    [InlineData("localhost%20")]
    [InlineData("127.0.0.1")]
    public async Task A_login_for_another_host_is_refused(string host)
    {
        var app = App;
        using var browser = app.Browser();

        using var page = await browser.GetAsync($"{Login}/{host}?redirect_url=%2Fme");
        page.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("This login is for another host");

        var fields = Browser.FieldsOf(await browser.OpenAsync(Login));
        using var form = await browser.SendFormAsync($"{Login}/{host}", [.. fields, new("person", "alice@example.com")]);
        ShouldBeRefused(form);
    }

    [Fact]
    public async Task A_login_leads_to_another_port_of_the_same_host()
    {
        var app = App;
        using var browser = app.Browser();
        var path = $"{Login}/localhost:8080?redirect_url=%2Fme%3Fa%3D1";

        var fields = Browser.FieldsOf(await browser.OpenAsync(path));
        using var form = await browser.SendFormAsync(path, [.. fields, new("person", "alice@example.com")]);

        form.Headers.Location!.OriginalString.ShouldBe("http://localhost:8080/me?a=1");
    }

    private static void ShouldBeRefused(HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Headers.TryGetValues("Set-Cookie", out var cookies);
        (cookies ?? []).ShouldNotContain(cookie => cookie.StartsWith("CF_Authorization", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_through_a_proxy_that_changes_the_host_is_accepted()
    {
        using var browser = App.Browser();

        using var response = await browser.LogInAsync("alice@example.com", change: request =>
        {
            request.Headers.Add("Origin", "http://localhost:5173");
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
        });

        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("same-origin, cross-site")]
    [InlineData("Same-Origin")]
    public async Task A_foreign_origin_needs_the_browsers_own_word_that_the_page_is_ours(string site)
    {
        using var browser = App.Browser();

        using var response = await browser.LogInAsync("alice@example.com", change: request =>
        {
            request.Headers.Add("Origin", "http://localhost:5173");
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
        });

        ShouldBeRefused(response);
    }
}
