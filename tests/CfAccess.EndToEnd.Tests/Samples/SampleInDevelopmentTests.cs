using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace CfAccess.EndToEnd.Tests.Samples;

/// <summary>What a newcomer sees after <c>dotnet run --project samples/MinimalApi</c>.</summary>
public sealed partial class SampleInDevelopmentTests : IAsyncLifetime
{
    private SampleProcess _sample = null!;

    public async ValueTask InitializeAsync()
    {
        _sample = await SampleProcess.StartAsync("MinimalApi", "Development");
        await _sample.PrintedAsync("Client Secret");
    }

    public ValueTask DisposeAsync() => _sample.DisposeAsync();

    [Fact]
    public async Task It_prints_where_to_go_and_whom_it_knows()
    {
        await _sample.PrintedAsync("curl");

        _sample.Output.ShouldContain(_sample.Address.GetLeftPart(UriPartial.Authority));
        _sample.Output.ShouldContain("alice@example.com");
        _sample.Output.ShouldContain("bob@example.com");
        _sample.Output.ShouldContain("It is not Cloudflare.");
    }

    [Fact]
    public async Task Alice_logs_in_enters_everything_that_is_hers_and_logs_out()
    {
        using var alice = NewBrowser();
        using (var landing = await LogInAsync(alice, "/me", "alice@example.com"))
        {
            landing.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/me");
            var me = JsonDocument.Parse(await landing.Content.ReadAsStringAsync()).RootElement;
            me.GetProperty("email").GetString().ShouldBe("alice@example.com");
            me.GetProperty("groups").EnumerateArray().Select(group => group.GetString()).ShouldBe(["platform"]);
            me.GetProperty("subject").GetString().ShouldNotBeNullOrEmpty();
            me.GetProperty("audience").GetArrayLength().ShouldBe(1);
            me.GetProperty("expires").GetDateTimeOffset().ShouldBeGreaterThan(TimeProvider.System.GetUtcNow().AddHours(23));
            me.TryGetProperty("serviceToken", out _).ShouldBeFalse();
        }

        (await StatusAsync(alice, "/admin")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(alice, "/robots")).ShouldBe(HttpStatusCode.Forbidden);
        (await alice.GetStringAsync("/whoami")).ShouldBe("""{"known":true,"name":"alice@example.com"}""");
        (await alice.GetStringAsync("/cdn-cgi/access/logout")).ShouldContain("logged out", Case.Insensitive);
        (await alice.GetStringAsync("/whoami")).ShouldBe("""{"known":false}""");
    }

    [Fact]
    public async Task Neither_keys_nor_secrets_nor_logins_are_written_to_disk()
    {
        using var alice = NewBrowser();
        using var landing = await LogInAsync(alice, "/me", "alice@example.com");

        landing.StatusCode.ShouldBe(HttpStatusCode.OK);

        // AddAuthentication brings the framework's data protection, which writes its own key ring at start.
        _sample.Files.ShouldAllBe(file => file.Contains("DataProtection-Keys"));
        _sample.Files.Count().ShouldBeLessThanOrEqualTo(1);
        _sample.Files.ShouldAllBe(file => !File.ReadAllText(file).Contains(Printed(ClientSecret)) && !File.ReadAllText(file).Contains("alice"));
    }

    [Fact]
    public async Task Bob_may_not_enter_what_is_for_the_platform_group()
    {
        using var bob = NewBrowser();
        using var landing = await LogInAsync(bob, "/admin", "bob@example.com");

        landing.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(bob, "/me")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_printed_service_token_calls_what_is_for_robots()
    {
        var id = Printed(ClientId);
        using var robot = NewClient(("CF-Access-Client-Id", id), ("CF-Access-Client-Secret", Printed(ClientSecret)));

        (await StatusAsync(robot, "/robots")).ShouldBe(HttpStatusCode.OK);
        var me = JsonDocument.Parse(await robot.GetStringAsync("/me")).RootElement;
        me.GetProperty("serviceToken").GetString().ShouldBe(id);
        me.TryGetProperty("email", out _).ShouldBeFalse();
        me.TryGetProperty("subject", out _).ShouldBeFalse();
        (await StatusAsync(robot, "/admin")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_wrong_secret_is_refused()
    {
        using var robot = NewClient(("CF-Access-Client-Id", Printed(ClientId)), ("CF-Access-Client-Secret", "wrong"));
        (await StatusAsync(robot, "/robots")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Without_a_login_a_request_is_sent_there_and_a_script_gets_401()
    {
        using var anyone = NewClient();
        using var script = NewClient(("X-Requested-With", "XMLHttpRequest"));
        using var response = await anyone.GetAsync("/me?a=b");

        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        response.Headers.Location!.OriginalString.ShouldStartWith("/cdn-cgi/access/login/127.0.0.1?kid=");
        response.Headers.Location.OriginalString.ShouldEndWith("&redirect_url=%2Fme%3Fa%3Db");
        (await StatusAsync(script, "/me")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(anyone, "/")).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Cf-Access-Jwt-Assertion", "eyJhbGciOiJub25lIn0.eyJlbWFpbCI6ImFsaWNlQGV4YW1wbGUuY29tIn0.")]
    [InlineData("Cf-Access-Authenticated-User-Email", "alice@example.com")]
    [InlineData("Cookie", "CF_Authorization=eyJhbGciOiJub25lIn0.eyJlbWFpbCI6ImFsaWNlQGV4YW1wbGUuY29tIn0.")]
    public async Task A_forged_header_gets_nowhere(string header, string value)
    {
        using var forger = NewClient((header, value));

        (await StatusAsync(forger, "/me")).ShouldBe(HttpStatusCode.Found);
        (await forger.GetStringAsync("/whoami")).ShouldBe("""{"known":false}""");
    }

    [GeneratedRegex("Client ID +(\\S+)")]
    private static partial Regex ClientId { get; }

    [GeneratedRegex("Client Secret +(\\S+)")]
    private static partial Regex ClientSecret { get; }

    private string Printed(Regex line) => line.Match(_sample.Output).Groups[1].Value;

    private HttpClient NewBrowser() =>
        new(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = _sample.Address };

    private HttpClient NewClient(params (string Name, string Value)[] headers)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = _sample.Address };
        foreach (var (name, value) in headers)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        return client;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return response.StatusCode;
    }

    /// <summary>Follows the way to the login page, presses a person's button, and follows the way back.</summary>
    private static async Task<HttpResponseMessage> LogInAsync(HttpClient browser, string path, string email)
    {
        using var login = await browser.GetAsync(path);
        var page = new HtmlParser().ParseDocument(await login.Content.ReadAsStringAsync());
        var fields = page.Forms[0].QuerySelectorAll<IHtmlInputElement>("input").Select(input => KeyValuePair.Create(input.Name!, input.Value));
        var button = page.QuerySelectorAll<IHtmlButtonElement>("form button").Single(button => button.Value == email);
        using var form = new FormUrlEncodedContent([.. fields, KeyValuePair.Create(button.Name!, button.Value)]);
        return await browser.PostAsync(login.RequestMessage!.RequestUri, form);
    }
}
