using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace CfAccess.Emulator.Tests.Pages;

public sealed class DashboardTests : IAsyncLifetime
{
    private const string Dashboard = "/cdn-cgi/access/emulator";
    private EmulatedApp _app = null!;
    private Browser _browser = null!;

    public async ValueTask InitializeAsync() => _browser = (_app = await EmulatedApp.StartAsync()).Browser();

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task It_says_that_it_is_not_Cloudflare_and_who_one_is()
    {
        (await TextAsync()).ShouldContain("Nobody is logged in in this browser.");
        using var login = await _browser.LogInAsync("alice@example.com");

        var text = await TextAsync();

        text.ShouldContain("this is not Cloudflare");
        text.ShouldContain("You are alice@example.com");
        text.ShouldContain("ends in 24 h");
    }

    [Fact]
    public async Task It_shows_the_last_requests_with_what_became_of_them_and_why()
    {
        var token = _app.Emulator.LogIn("alice@example.com").Token;
        using var nobody = await _app.GetAsync("/guarded?secret=x");
        using var alice = await _app.GetAsync("/guarded", ("Cookie", $"CF_Authorization={token}"));
        using var refused = await _app.GetAsync("/never", ("Cookie", $"CF_Authorization={token}"));
        using var service = await _app.GetAsync("/echo", ("CF-Access-Client-Id", "x"));

        var text = await TextAsync();

        text.ShouldContain("302 GET /guarded Nobody is logged in.");
        text.ShouldContain("200 GET /guarded alice@example.com, with a token for the app.");
        text.ShouldContain("401 GET /never alice@example.com, with a token for the app. The app itself rejected it; its log says why.");
        text.ShouldContain("403 GET /echo The request has CF-Access-Client-Id but no CF-Access-Client-Secret");
        text.ShouldNotContain("secret=x");
    }

    [Fact]
    public async Task It_keeps_the_last_fifty()
    {
        foreach (var number in Enumerable.Range(0, 51))
        {
            using var response = await _app.GetAsync($"/number-{number:00}");
        }

        var text = await TextAsync();

        text.ShouldContain("number-50");
        text.ShouldContain("number-01");
        text.ShouldNotContain("number-00");
    }

    [Theory]
    [InlineData("/<script>alert(1)</script>")]
    [InlineData("/%3Cimg%20src=x%3E")]
    public async Task What_a_client_asked_for_is_text_there(string path)
    {
        using var response = await _app.GetAsync(path);

        (await _browser.OpenAsync(Dashboard)).QuerySelectorAll("main script, main img").ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_button_does_what_it_says()
    {
        var session = _app.Emulator.LogIn("alice@example.com");
        var (old, signing) = (_app.Emulator.PublishedKeyIds[0], _app.Emulator.CurrentKeyId);

        await PressAsync("Withdraw", old);
        _app.Emulator.PublishedKeyIds.ShouldBe([signing]);
        await PressAsync("Rotate the key");
        _app.Emulator.PublishedKeyIds.ShouldBe([signing, _app.Emulator.CurrentKeyId]);
        await PressAsync("Make the keys endpoint fail");
        _app.Emulator.KeysEndpointFails.ShouldBeTrue();
        await PressAsync("Let the keys endpoint answer again");
        _app.Emulator.KeysEndpointFails.ShouldBeFalse();
        await PressAsync("Let it expire", session.Id);
        (await TextAsync()).ShouldContain("over");
        await PressAsync("Revoke", session.Id);
        (await TextAsync()).ShouldContain("Nobody has logged in since the start.");
    }

    [Theory]
    [InlineData("withdraw", "no such key")]
    [InlineData("expire", "no such login")]
    [InlineData("revoke", "")]
    public async Task What_is_not_there_any_more_is_told_so(string action, string value)
    {
        using var response = await SendAsync(action, value);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("There is no such key or login any more.");
    }

    [Theory]
    [InlineData("/0")]
    [InlineData("/rotate,fail")]
    [InlineData("/Rotate")]
    [InlineData("/nothing")]
    public async Task What_no_button_does_is_not_found(string path)
    {
        using var response = await _browser.SendFormAsync(Dashboard + path, Browser.FieldsOf(await _browser.OpenAsync(Dashboard)).Take(1));

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<string> TextAsync() =>
        string.Join(' ', (await _browser.OpenAsync(Dashboard)).QuerySelector("main")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task PressAsync(string label, string? value = null)
    {
        var form = (await _browser.OpenAsync(Dashboard)).Forms.Single(one =>
            one.QuerySelector("button")!.TextContent == label
            && (value is null || one.QuerySelector("input[name=value]")?.GetAttribute("value") == value));
        var fields = form.QuerySelectorAll<IHtmlInputElement>("input").Select(input => KeyValuePair.Create(input.Name!, input.Value));

        using var response = await _browser.SendFormAsync(form.GetAttribute("action")!, fields);

        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        response.Headers.Location!.OriginalString.ShouldBe(Dashboard);
    }

    private async Task<HttpResponseMessage> SendAsync(string action, string value = "", Action<HttpRequestMessage>? change = null)
    {
        var fields = Browser.FieldsOf(await _browser.OpenAsync(Dashboard)).Take(1);
        return await _browser.SendFormAsync($"{Dashboard}/{action}", [.. fields, new("value", value)], change);
    }

    [Fact]
    public async Task Two_logins_of_one_person_can_be_told_apart()
    {
        using var other = _app.Browser();
        using var first = await _browser.LogInAsync("alice@example.com");
        using var second = await other.LogInAsync("alice@example.com");

        var logins = (await _browser.OpenAsync(Dashboard)).QuerySelectorAll("section[aria-labelledby=Logins] li").Select(item => item.TextContent).ToList();

        logins.Count.ShouldBe(2);
        logins.Count(text => text.Contains("this browser", StringComparison.Ordinal)).ShouldBe(1);
        logins[0].ShouldContain("login 2");
        logins[1].ShouldContain("login 1");
    }

    [Fact]
    public async Task The_button_that_withdraws_the_current_key_rotates_first()
    {
        var withdrawn = _app.Emulator.CurrentKeyId;

        await PressAsync("Withdraw", withdrawn);

        _app.Emulator.CurrentKeyId.ShouldNotBe(withdrawn);
        _app.Emulator.PublishedKeyIds.ShouldBe([_app.Emulator.CurrentKeyId]);
    }
}
