using System.IdentityModel.Tokens.Jwt;
using System.Net;
using Microsoft.AspNetCore.Builder;

namespace CfAccess.Emulator.Tests.Applications;

/// <summary>
/// With applications configured the edge decides before the app does. The app has a public path, a path for the platform group, one for a
/// service, and one for all of a domain; what is left is for whoever logs in.
/// </summary>
public sealed class ApplicationTests : IAsyncLifetime
{
    private const string Service = AccessEmulatorDefaults.ServiceTokenClientId;
    private const string OtherService = "other.access";
    private EmulatedApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await EmulatedApp.StartAsync(
        options =>
        {
            options.People =
            [
                new() { Email = "alice@example.com", Groups = ["platform"] },
                new() { Email = "Bob@Example.com" },
                new() { Email = "carol@sub.example.com" },
                new() { Email = "dave@partner.test" },
            ];
            options.ServiceTokens = [new() { ClientId = Service }, new() { ClientId = OtherService }];
            options.Applications =
            [
                new() { Name = "everything", Audience = "tag-root" },
                new() { Name = "public", Audience = "tag-public", Paths = ["/public", "/health/"], Policies = [new() { Action = AccessEmulatorPolicyAction.Bypass }] },
                new() { Name = "admin", Audience = "tag-admin", Paths = ["/admin"], Policies = [new() { Groups = ["platform"] }] },
                new()
                {
                    Name = "domain",
                    Audience = "tag-domain",
                    Paths = ["/admin/domain", "/domain"],
                    Policies = [new() { EmailDomains = ["EXAMPLE.com"] }, new() { Emails = ["DAVE@partner.test"] }],
                    BypassOptionsRequests = true,
                },
                new()
                {
                    Name = "robots",
                    Audience = "tag-robots",
                    Paths = ["/robots"],
                    Policies = [new() { Action = AccessEmulatorPolicyAction.ServiceAuth, ServiceTokens = [Service] }],
                },
                new()
                {
                    Name = "mixed",
                    Audience = "tag-mixed",
                    Paths = ["/mixed"],
                    Policies = [new() { Everyone = true }, new() { Action = AccessEmulatorPolicyAction.ServiceAuth, Everyone = true }],
                },
            ];
        },
        map: app => app.Map("/{**path}", (Microsoft.AspNetCore.Http.HttpContext context) => string.Join(
            '|', context.Request.Headers["Cf-Access-Jwt-Assertion"].ToString(), context.Request.Headers.Cookie.ToString())));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("/other", "200 tag-root", "200 tag-root", "200 tag-root", "200 tag-root", "200 tag-root", "200 tag-root", "302")]
    [InlineData("/public", "200", "200", "200", "200", "200", "200", "200")]
    [InlineData("/public/deep", "200", "200", "200", "200", "200", "200", "200")]
    [InlineData("/health", "200", "200", "200", "200", "200", "200", "200")]
    [InlineData("/publicity", "200 tag-root", "200 tag-root", "200 tag-root", "200 tag-root", "200 tag-root", "200 tag-root", "302")]
    [InlineData("/admin", "200 tag-admin", "403", "403", "403", "403", "403", "302")]
    [InlineData("/admin/x", "200 tag-admin", "403", "403", "403", "403", "403", "302")]
    [InlineData("/Admin", "200 tag-root", "200 tag-root", "200 tag-root", "200 tag-root", "200 tag-root", "200 tag-root", "302")]
    [InlineData("/admin/domain", "200 tag-domain", "200 tag-domain", "403", "200 tag-domain", "403", "403", "302")]
    [InlineData("/domain/x", "200 tag-domain", "200 tag-domain", "403", "200 tag-domain", "403", "403", "302")]
    [InlineData("/robots", "403", "403", "403", "403", "200 tag-robots", "403", "403")]
    [InlineData("/mixed", "200 tag-mixed", "200 tag-mixed", "200 tag-mixed", "200 tag-mixed", "200 tag-mixed", "200 tag-mixed", "302")]
    public async Task The_most_specific_application_decides(
        string path, string alice, string bob, string carol, string dave, string service, string other, string nobody)
    {
        (await AnswerAsync(path, Person("alice@example.com"))).ShouldBe(alice);
        (await AnswerAsync(path, Person("bob@example.com"))).ShouldBe(bob);
        (await AnswerAsync(path, Person("carol@sub.example.com"))).ShouldBe(carol);
        (await AnswerAsync(path, Person("dave@partner.test"))).ShouldBe(dave);
        (await AnswerAsync(path, ServiceToken(Service))).ShouldBe(service);
        (await AnswerAsync(path, ServiceToken(OtherService))).ShouldBe(other);
        (await AnswerAsync(path)).ShouldBe(nobody);
    }

    [Fact]
    public async Task One_login_is_enough_for_all_applications_and_any_of_its_tokens_is_the_session()
    {
        var cookie = Person("alice@example.com");
        var (admin, _) = await ReachAsync("/admin", cookie);
        var (domain, sent) = await ReachAsync("/domain", ("Cookie", $"a=1; CF_Authorization={admin}"));

        Audience(domain).ShouldBe("tag-domain");
        sent.ShouldBe($"a=1; CF_Authorization={domain}");
        (await ReachAsync("/domain", cookie)).Assertion.ShouldBe(domain);

        _app.Emulator.Revoke(admin).ShouldBeTrue();
        (await AnswerAsync("/domain", ("Cookie", $"CF_Authorization={domain}"))).ShouldBe("302");
        (await AnswerAsync("/domain", cookie)).ShouldBe("302");
    }

    [Fact]
    public void A_session_that_ended_while_a_request_was_under_way_is_not_brought_back()
    {
        var session = _app.Emulator.LogIn("alice@example.com");
        _app.Emulator.Revoke(session.Token);

        var late = _app.Emulator.Sessions.TokenFor(session, _app.Emulator.Applications.OfTag("tag-admin")!);

        _app.Emulator.Sessions.Find(late).ShouldBeNull();
        _app.Emulator.Sessions.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("tag-admin", "tag-admin")]
    [InlineData("", "tag-root")]
    public async Task A_login_makes_a_token_for_the_application_that_it_names(string tag, string audience)
    {
        using var browser = _app.Browser();
        var path = $"/cdn-cgi/access/login?kid={tag}&redirect_url=%2Fadmin";
        using var response = await browser.SendFormAsync(path, [.. Browser.FieldsOf(await browser.OpenAsync(path)), new("person", "alice@example.com")]);

        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        Audience(browser.Cookies.GetCookies(new Uri("http://localhost"))["CF_Authorization"]!.Value).ShouldBe(audience);
    }

    [Fact]
    public async Task A_login_for_an_application_that_there_is_not_is_told_which_there_are()
    {
        using var response = await _app.GetAsync("/cdn-cgi/access/login?kid=tag-x");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("it has tag-root, tag-public, tag-admin");
    }

    [Fact]
    public async Task All_tokens_of_a_login_end_with_it()
    {
        var session = _app.Emulator.LogIn("alice@example.com");
        _app.Clock.Advance(TimeSpan.FromHours(23));
        var (admin, _) = await ReachAsync("/admin", ("Cookie", $"CF_Authorization={session.Token}"));

        new JwtSecurityTokenHandler().ReadJwtToken(admin).ValidTo.ShouldBe(session.ExpiresAt.UtcDateTime);
        _app.Clock.Advance(TimeSpan.FromHours(1));
        (await AnswerAsync("/admin", ("Cookie", $"CF_Authorization={admin}"))).ShouldBe("302");
    }

    [Fact]
    public async Task A_bypassed_path_gets_neither_header_nor_cookie_from_a_session()
    {
        var (name, value) = Person("alice@example.com");

        (await ReachAsync("/public", (name, $"a=1; {value}"))).ShouldBe((string.Empty, "a=1"));
    }

    [Fact]
    public async Task The_login_is_for_the_application_that_was_asked_for()
    {
        using var response = await _app.GetAsync("/admin/x?a=1");

        response.Headers.Location!.OriginalString.ShouldBe("/cdn-cgi/access/login/localhost?kid=tag-admin&redirect_url=%2Fadmin%2Fx%3Fa%3D1");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task A_script_gets_401_in_place_of_the_login()
    {
        using var response = await _app.GetAsync("/admin", ("X-Requested-With", "XMLHttpRequest"));

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.Location.ShouldBeNull();
    }

    [Theory]
    [InlineData("text/html,application/xhtml+xml", "text/html")]
    [InlineData("application/json", "text/plain")]
    public async Task Whoever_may_not_enter_is_told_who_he_is_and_what_refuses_him(string accept, string answered)
    {
        using var response = await _app.GetAsync("/admin", ("Accept", accept), Person("bob@example.com"));

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(answered);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .ShouldContain("Bob@Example.com may not enter admin: none of its Allow policies lets this person in.");
    }

    [Theory]
    [InlineData("/admin", 403)]
    [InlineData("/other", 403)]
    [InlineData("/public", 200)]
    [InlineData("/domain", 200)]
    public async Task A_preflight_is_refused_even_with_a_session_unless_the_application_lets_it_by(string path, int status)
    {
        foreach (var header in new[] { Person("alice@example.com"), ("X-Other", "x") })
        {
            using var client = _app.Server.CreateClient();
            using var request = new HttpRequestMessage(HttpMethod.Options, path);
            request.Headers.Add("Origin", "https://app.example");
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add(header.Item1, header.Item2);

            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

            ((int)response.StatusCode).ShouldBe(status);
            (status != 200 || await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) == "|").ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_path_that_no_application_covers_is_not_behind_Access()
    {
        await using var app = await EmulatedApp.StartAsync(options => options.Applications = [new() { Paths = ["/guarded"] }]);
        var cookie = ("Cookie", $"CF_Authorization={app.Emulator.LogIn("alice@example.com").Token}");

        (await app.EchoAsync(cookie)).ShouldNotContain(line => line.Contains("CF_Authorization") || line.StartsWith("Cf-Access-"));
        (await app.GetAsync("/never")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.GetAsync("/guarded", cookie)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private (string, string) Person(string email) => ("Cookie", $"CF_Authorization={_app.Emulator.LogIn(email).Token}");

    private (string, string)[] ServiceToken(string clientId) =>
    [
        ("CF-Access-Client-Id", clientId),
        ("CF-Access-Client-Secret", _app.Emulator.ServiceTokens.Single(one => one.ClientId == clientId).ClientSecret!),
    ];

    private async Task<string> AnswerAsync(string path, params (string, string)[] headers)
    {
        using var response = await _app.GetAsync(path, headers);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return response.StatusCode == HttpStatusCode.OK && text.Split('|')[0] is { Length: > 0 } token
            ? $"200 {Audience(token)}"
            : $"{(int)response.StatusCode}";
    }

    private async Task<(string Assertion, string Cookie)> ReachAsync(string path, params (string, string)[] headers)
    {
        using var response = await _app.GetAsync(path, headers);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var parts = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('|');
        return (parts[0], parts[1]);
    }

    private static string Audience(string token) => new JwtSecurityTokenHandler().ReadJwtToken(token).Audiences.Single();
}
