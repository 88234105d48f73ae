using System.Net;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Tests;

public sealed class LoginSafetyTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Login = "/cdn-cgi/access/login";

    [Fact]
    public async Task A_login_without_the_pages_antiforgery_token_is_refused()
    {
        var app = shared.App;
        using var browser = app.Browser();
        await browser.OpenAsync(Login);

        using var response = await browser.SendFormAsync(Login, [new("person", "alice@example.com")]);

        ShouldBeRefused(response);
    }

    [Fact]
    public async Task A_token_of_one_browser_is_worth_nothing_in_another()
    {
        var app = shared.App;
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
        var app = shared.App;
        using var browser = app.Browser();

        using var response = await browser.LogInAsync("alice@example.com", change: request => request.Headers.Add(name, value));

        ShouldBeRefused(response);
    }

    [Fact]
    public async Task A_login_sent_by_this_site_is_taken()
    {
        var app = shared.App;
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
        var app = shared.App;
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
        var app = shared.App;
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
    [InlineData("192.0.2.7", 403)]
    [InlineData("::ffff:192.0.2.7", 403)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("127.8.8.8", 200)]
    [InlineData("::1", 200)]
    [InlineData("::ffff:127.0.0.1", 200)]
    public async Task Only_this_machine_sees_the_login(string peer, int status)
    {
        var app = shared.App;

        (await StatusAsync(app, context => context.Connection.RemoteIpAddress = IPAddress.Parse(peer))).ShouldBe(status);
    }

    [Fact]
    public async Task Nobody_sees_the_login_through_Cloudflare()
    {
        var app = shared.App;

        (await StatusAsync(app, context => context.Request.Headers["Cf-Ray"] = "8f0a-AMS")).ShouldBe(403);
    }

    [Theory]
    [InlineData("localhost:5080", 200)]
    [InlineData("LOCALHOST", 200)]
    [InlineData("app.localhost", 200)]
    [InlineData("127.0.0.1:5080", 200)]
    [InlineData("[::1]:5080", 200)]
    [InlineData("evil.example", 403)]
    [InlineData("localhost.evil.example", 403)]
    [InlineData("evillocalhost", 403)]
    [InlineData("192.0.2.7", 403)]
    public async Task Only_a_local_host_name_shows_the_login(string host, int status)
    {
        var app = shared.App;

        (await StatusAsync(app, context => context.Request.Host = new(host))).ShouldBe(status);
    }

    [Theory]
    [InlineData("/cdn-cgi/access/logout")]
    [InlineData("/cdn-cgi/access/get-identity")]
    [InlineData("/cdn-cgi/access/emulator/token")]
    public async Task The_other_pages_are_as_local(string path)
    {
        var app = shared.App;

        (await StatusAsync(app, context => (context.Request.Path, context.Request.Host) = (path, new("evil.example")))).ShouldBe(403);
        (await StatusAsync(app, context => (context.Request.Path, context.Request.Headers["Cf-Ray"]) = (path, "x"))).ShouldBe(403);
    }

    [Fact]
    public async Task Everyone_sees_the_public_keys()
    {
        var app = shared.App;

        (await StatusAsync(app, context =>
        {
            context.Request.Path = "/cdn-cgi/access/certs";
            context.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.7");
        })).ShouldBe(200);
    }

    [Theory]
    [InlineData("PUT", Login)]
    [InlineData("POST", "/cdn-cgi/access/logout")]
    [InlineData("POST", "/cdn-cgi/access/certs")]
    [InlineData("GET", "/cdn-cgi/access/emulator/token")]
    public async Task Another_method_is_told_which_are_allowed(string method, string path)
    {
        var app = shared.App;

        (await StatusAsync(app, context => (context.Request.Method, context.Request.Path) = (method, path))).ShouldBe(405);
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
        var app = shared.App;
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
        var app = shared.App;
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
        var app = shared.App;
        using var browser = app.Browser();
        var path = $"{Login}/localhost:8080?redirect_url=%2Fme%3Fa%3D1";

        var fields = Browser.FieldsOf(await browser.OpenAsync(path));
        using var form = await browser.SendFormAsync(path, [.. fields, new("person", "alice@example.com")]);

        form.Headers.Location!.OriginalString.ShouldBe("http://localhost:8080/me?a=1");
    }

    [Theory]
    [InlineData("X-Forwarded-For", "192.0.2.7", 403)]
    [InlineData("X-Forwarded-For", "127.0.0.1, 192.0.2.7", 403)]
    [InlineData("X-Forwarded-For", "192.0.2.7, 127.0.0.1", 403)]
    [InlineData("X-Forwarded-For", "unknown", 403)]
    [InlineData("X-Forwarded-For", "", 403)]
    [InlineData("X-Real-IP", "2001:db8::7", 403)]
    [InlineData("Forwarded", "for=192.0.2.7;proto=https", 403)]
    [InlineData("Forwarded", "proto=https;For=\"[2001:db8::7]:4711\"", 403)]
    [InlineData("Forwarded", "proto=https", 403)]
    [InlineData("X-Forwarded-For", "127.0.0.1, ::1", 200)]
    [InlineData("X-Real-IP", "127.0.0.1:4711", 200)]
    [InlineData("Forwarded", "for=\"[::1]:4711\";proto=https, for=127.0.0.1", 200)]
    public async Task A_proxy_on_this_machine_does_not_let_others_in(string name, string value, int status)
    {
        var app = shared.App;

        (await StatusAsync(app, context => context.Request.Headers[name] = value)).ShouldBe(status);
    }

    [Fact]
    public async Task Code_can_name_other_networks_and_other_hosts()
    {
        await using var app = await EmulatedApp.StartAsync(options =>
        {
            options.AllowedNetworks.Add(IPNetwork.Parse("192.0.2.0/24"));
            options.AllowedHosts = ["app.test"];
        });

        (await StatusAsync(app, context => context.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.7"))).ShouldBe(200);
        (await StatusAsync(app, context => context.Connection.RemoteIpAddress = IPAddress.Parse("::ffff:192.0.2.7"))).ShouldBe(200);
        (await StatusAsync(app, context => context.Connection.RemoteIpAddress = IPAddress.Parse("192.0.3.7"))).ShouldBe(403);
        (await StatusAsync(app, context => context.Request.Host = new("APP.test:5080"))).ShouldBe(200);
        (await StatusAsync(app, context => context.Request.Host = new("sub.app.test"))).ShouldBe(403);
    }

    private static async Task<int> StatusAsync(EmulatedApp app, Action<HttpContext> change)
    {
        var context = await app.Server.SendAsync(
            context =>
            {
                context.Request.Path = Login;
                context.Request.Host = new("localhost");
                change(context);
            },
            TestContext.Current.CancellationToken);
        return context.Response.StatusCode;
    }

    private static void ShouldBeRefused(HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Headers.TryGetValues("Set-Cookie", out var cookies);
        (cookies ?? []).ShouldNotContain(cookie => cookie.StartsWith("CF_Authorization", StringComparison.Ordinal));
    }
}
