using System.Text.RegularExpressions;
using CfAccess.BlazorSite;
using CfAccess.EndToEnd.Tests.Browser;
using CfAccess.Testing;
using Microsoft.Playwright;

namespace CfAccess.EndToEnd.Tests.Blazor;

/// <summary>A circuit belongs to the person who opened it, for as long as the token lasts, and to pages of the application's own origin.</summary>
public sealed partial class CircuitTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_page_of_another_origin_cannot_run_a_circuit_as_its_visitor()
    {
        await using var app = BlazorApp.Start();
        await using var foreign = await LoopbackKeysEndpoint.StartAsync();
        foreign.AnswerWith(200, MakeForeign(await app.GetHtmlAsync("/secret", app.Mint("bob")), app.Address), "text/html");
        var browser = await chromium.OpenAsync();
        await app.LogInAsync(browser, app.Mint("alice"));
        var page = await browser.NewPageAsync();
        var socket = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        page.WebSocket += (_, opened) => opened.SocketError += (_, error) => socket.TrySetResult(error);
        app.Journal.Written += () => socket.TrySetResult("the circuit runs");

        await page.GotoAsync(new Uri(foreign.Origin, "secret").AbsoluteUri);

        (await socket.Task.WaitAsync(BlazorApp.Patience, TimeProvider.System)).ShouldContain("403");
        app.Count("circuit opened").ShouldBe(0);
        (await page.Locator("#user").TextContentAsync()).ShouldBe("bob@example.com", "the dead page that Bob copied");
    }

    [Fact]
    public async Task A_link_on_another_site_opens_the_page_and_its_circuit()
    {
        await using var app = BlazorApp.Start();
        await using var other = await LoopbackKeysEndpoint.StartAsync();
        other.AnswerWith(200, $"<!doctype html><a href='{app.Address}secret'>Secret</a>", "text/html");
        var browser = await chromium.OpenAsync();
        await app.LogInAsync(browser, app.Mint("alice"));
        var page = await browser.NewPageAsync();
        await page.GotoAsync(other.Origin.AbsoluteUri);

        await page.GetByRole(AriaRole.Link).ClickAsync();
        await page.Locator("#mode", new() { HasText = "interactive" }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Click" }).ClickAsync();

        await app.HappenedAsync("clicked by alice@example.com");
    }

    [Fact]
    public async Task A_caller_without_a_token_has_an_anonymous_circuit()
    {
        await using var app = BlazorApp.Start();
        var page = await app.OpenAsync(await chromium.OpenAsync(), "/open");

        await page.GetByRole(AriaRole.Button, new() { Name = "Click" }).ClickAsync();

        await app.HappenedAsync("clicked on the open page");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_circuit_closes_when_its_token_ends_and_the_same_token_opens_no_other(bool cookiesByDefault)
    {
        var (app, page) = await OpenWithShortTokenAsync(
            (Site.CookiesByDefault, cookiesByDefault.ToString()), ("Authentication:Schemes:CloudflareAccess:ClockSkew", "00:00:00"));
        await using var started = app;
        var rejected = page.WaitForResponseAsync(
            response => response.Url.Contains("_blazor/negotiate", StringComparison.Ordinal) && response.Status == 401,
            new() { Timeout = (float)BlazorApp.Patience.TotalMilliseconds });
        await page.GetByRole(AriaRole.Button, new() { Name = "Click" }).ClickAsync();
        await app.HappenedAsync("clicked by alice@example.com");

        await app.HappenedAsync("connection down");
        await rejected;

        app.Count("connection up").ShouldBe(1);
    }

    [Fact]
    public async Task A_reconnect_after_the_end_of_the_token_and_within_the_clock_skew_is_closed_again()
    {
        var (app, _) = await OpenWithShortTokenAsync(("Authentication:Schemes:CloudflareAccess:ClockSkew", "00:05:00"));
        await using var started = app;

        await app.HappenedAsync("connection down");
        await app.HappenedAsync("connection up", times: 2);
        await app.HappenedAsync("connection down", times: 2);
    }

    [Fact]
    public async Task A_circuit_of_Alice_does_not_go_on_as_Bob()
    {
        await using var app = BlazorApp.Start();
        var browser = await chromium.OpenAsync();
        await app.LogInAsync(browser, app.Mint("alice"));
        var page = await app.OpenAsync(browser, "/secret");
        await page.GetByRole(AriaRole.Button, new() { Name = "Click" }).ClickAsync();
        await page.Locator("#count", new() { HasText = "1" }).WaitForAsync();

        await app.LogInAsync(browser, app.Mint("bob"));
        app.CutConnections();
        await app.HappenedAsync("connection up", times: 2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Click" }).ClickAsync(new() { Force = true });

        await app.HappenedAsync("circuit closed");
        app.Count("clicked by bob@example.com").ShouldBe(0);
        app.Count("clicked by alice@example.com").ShouldBe(1);
    }

    [Fact]
    public async Task A_circuit_of_Alice_reconnects_as_Alice()
    {
        await using var app = BlazorApp.Start();
        var browser = await chromium.OpenAsync();
        await app.LogInAsync(browser, app.Mint("alice"));
        var page = await app.OpenAsync(browser, "/secret");
        await page.GetByRole(AriaRole.Button, new() { Name = "Click" }).ClickAsync();
        await page.Locator("#count", new() { HasText = "1" }).WaitForAsync();

        await app.LogInAsync(browser, app.Mint("alice"));
        app.CutConnections();
        await app.HappenedAsync("connection up", times: 2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Click" }).ClickAsync(new() { Force = true });

        await page.Locator("#count", new() { HasText = "2" }).WaitForAsync();
    }

    [Theory]
    [InlineData("alice", true)]
    [InlineData("bob", false)]
    public async Task A_circuit_that_Alice_paused_resumes_for_Alice_only(string person, bool resumes)
    {
        await using var app = BlazorApp.Start();
        var browser = await chromium.OpenAsync();
        await app.LogInAsync(browser, app.Mint("alice"));
        var page = await app.OpenAsync(browser, "/secret");
        await page.GetByRole(AriaRole.Button, new() { Name = "Click" }).ClickAsync();
        await page.Locator("#count", new() { HasText = "1" }).WaitForAsync();

        await page.EvaluateAsync("Blazor.pauseCircuit()");
        await app.HappenedAsync("circuit closed");
        await app.LogInAsync(browser, app.Mint(person));
        await page.EvaluateAsync("Blazor.resumeCircuit()");
        await app.HappenedAsync("circuit opened", times: 2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Click" }).ClickAsync(new() { Force = true });

        if (resumes)
        {
            await page.Locator("#count", new() { HasText = "2" }).WaitForAsync();
            app.Count("clicked by alice@example.com").ShouldBe(2);
        }
        else
        {
            await app.HappenedAsync("circuit closed", times: 2);
            app.Count("clicked by bob@example.com").ShouldBe(0);
        }
    }

    /// <summary>What an attacker makes of a page: its script connects to the application's hub and not to the page's own origin.</summary>
    /// <summary>
    /// SignalR reads the real clock. So the token lasts at least three times as long as this machine needs to open the page, however slow it is.
    /// </summary>
    private async Task<(BlazorApp App, IPage Page)> OpenWithShortTokenAsync(params (string Name, string Value)[] settings)
    {
        for (var lifetime = TimeSpan.FromSeconds(8); ; lifetime *= 2)
        {
            var app = BlazorApp.Start(settings);
            var browser = await chromium.OpenAsync();
            var start = TimeProvider.System.GetTimestamp();
            await app.LogInAsync(browser, app.Mint("alice", lifetime));
            var page = await app.TryOpenAsync(browser, "/secret", lifetime);
            if (page is not null && TimeProvider.System.GetElapsedTime(start) < lifetime / 3)
            {
                return (app, page);
            }

            await browser.CloseAsync();
            await app.DisposeAsync();
        }
    }

    private static string MakeForeign(string html, Uri application)
    {
        var script = $$"""
            <script>
              const load = window.fetch;
              window.fetch = (target, options) =>
                String(target).endsWith('/initializers') ? Promise.resolve(new Response('[]')) : load(target, options);
            </script>
            <script src="{{application}}_framework/blazor.web.js" autostart="false"></script>
            <script>
              Blazor.start({ circuit: { configureSignalR: connection =>
                connection.withUrl('{{application}}_blazor', { skipNegotiation: true, transport: 1 }) } });
            </script>
            """;
        return BlazorScript.Replace(html, script.Replace("$", "$$", StringComparison.Ordinal));
    }

    [GeneratedRegex("""<script src="_framework/blazor.web[^"]*"></script>""")]
    private static partial Regex BlazorScript { get; }
}
