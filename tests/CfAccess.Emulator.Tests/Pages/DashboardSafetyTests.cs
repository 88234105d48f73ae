using System.Net;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Tests.Pages;

/// <summary>Nobody but a person at this machine sees the dashboard or presses its buttons.</summary>
public sealed class DashboardSafetyTests : IAsyncLifetime
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

    [Theory]
    [InlineData("empty")]
    [InlineData("iframe")]
    [InlineData("script")]
    public async Task It_shows_tokens_and_so_no_script_may_fetch_it(string destination)
    {
        using var response = await _app.GetAsync(Dashboard, ("Sec-Fetch-Dest", destination), ("Sec-Fetch-Site", "same-origin"));

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_window_may_open_it() =>
        (await _app.GetAsync(Dashboard, ("Sec-Fetch-Dest", "document"))).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_form_of_another_site_changes_nothing(string name, string value)
    {
        using var response = await SendAsync("rotate", change: request => request.Headers.Add(name, value));

        await ShouldHaveChangedNothingAsync(response, "This form was sent by a page of another site.");
    }

    [Fact]
    public async Task A_form_without_the_token_or_with_another_browsers_changes_nothing()
    {
        await _browser.OpenAsync(Dashboard);
        using var without = await _browser.SendFormAsync($"{Dashboard}/rotate", []);
        await ShouldHaveChangedNothingAsync(without, "This form was not sent by the emulator's page in this browser");

        using var other = _app.Browser();
        var fields = Browser.FieldsOf(await other.OpenAsync(Dashboard));
        using var foreign = await _browser.SendFormAsync($"{Dashboard}/rotate", fields.Take(1));
        await ShouldHaveChangedNothingAsync(foreign, "This form was not sent by the emulator's page in this browser");
    }

    [Fact]
    public async Task A_token_of_before_a_restart_is_told_to_open_the_page_again()
    {
        await using var restarted = await EmulatedApp.StartAsync();
        using var browser = restarted.Browser();
        foreach (Cookie cookie in _browser.Cookies.GetAllCookies())
        {
            browser.Cookies.Add(cookie);
        }

        var fields = Browser.FieldsOf(await _browser.OpenAsync(Dashboard)).Take(1);
        using var response = await browser.SendFormAsync($"{Dashboard}/rotate", fields);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Open the page again.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/rotate")]
    [InlineData("/withdraw")]
    [InlineData("/fail")]
    [InlineData("/expire")]
    [InlineData("/token")]
    public async Task It_answers_this_machine_only(string path)
    {
        foreach (var change in new Action<HttpContext>[]
        {
            context => context.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.7"),
            context => context.Request.Headers["Cf-Ray"] = "x",
            context => context.Request.Headers["X-Forwarded-For"] = "192.0.2.7",
            context => context.Request.Host = new("evil.example"),
        })
        {
            var context = await _app.Server.SendAsync(
                context =>
                {
                    (context.Request.Method, context.Request.Path, context.Request.Host) = (path.Length == 0 ? "GET" : "POST", Dashboard + path, new("localhost"));
                    change(context);
                },
                TestContext.Current.CancellationToken);

            context.Response.StatusCode.ShouldBe(403);
        }
    }

    [Theory]
    [InlineData("POST", "")]
    [InlineData("GET", "/rotate")]
    [InlineData("GET", "/fail")]
    [InlineData("DELETE", "/rotate")]
    public async Task Another_method_changes_nothing(string method, string path)
    {
        using var client = _app.Server.CreateClient();
        using var request = new HttpRequestMessage(new(method), Dashboard + path);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        _app.Emulator.KeysEndpointFails.ShouldBeFalse();
    }

    private async Task<HttpResponseMessage> SendAsync(string action, string value = "", Action<HttpRequestMessage>? change = null)
    {
        var fields = Browser.FieldsOf(await _browser.OpenAsync(Dashboard)).Take(1);
        return await _browser.SendFormAsync($"{Dashboard}/{action}", [.. fields, new("value", value)], change);
    }

    private async Task ShouldHaveChangedNothingAsync(HttpResponseMessage response, string sentence)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(sentence);
        _app.Emulator.Keys.Known.Select(one => one.Key.CreatedAt).Distinct().Count().ShouldBe(1);
    }
}
