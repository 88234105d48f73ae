using System.Net;
using CfAccess.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Emulator.Tests.Edge;

/// <summary>What the scheme answers by itself works behind the emulator too, and nothing loops.</summary>
public sealed class SchemeAnswerTests
{
    private static readonly (string, string) Navigation = ("Sec-Fetch-Mode", "navigate");

    [Fact]
    public async Task A_browser_that_the_app_sends_to_the_login_finds_it_on_this_host()
    {
        await using var app = await StartAsync();
        using var response = await app.GetAsync("/mine?a=b", Navigation);

        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        response.Headers.Location!.OriginalString.ShouldBe(
            $"/cdn-cgi/access/login/localhost?kid={AccessEmulatorDefaults.Audience}&redirect_url=%2Fmine%3Fa%3Db");
    }

    [Fact]
    public async Task Whoever_follows_it_and_logs_in_is_back_where_they_were()
    {
        await using var app = await StartAsync();
        using var browser = app.Browser();
        using var redirect = await app.GetAsync("/mine?a=b", Navigation);
        var login = redirect.Headers.Location!.OriginalString;
        var fields = Emulator.Tests.Browser.FieldsOf(await browser.OpenAsync(login));

        using var landing = await browser.SendFormAsync(login, [.. fields, new("person", "alice@example.com")]);

        landing.Headers.Location!.OriginalString.ShouldBe("/mine?a=b");
        using var mine = await browser.GetAsync("/mine?a=b");
        (await mine.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("alice@example.com");
    }

    /// <summary>A Bypass policy sends requests on without an assertion, whoever is logged in: the very case that would loop.</summary>
    [Fact]
    public async Task Behind_a_bypass_policy_nobody_is_sent_to_the_login_twice()
    {
        await using var app = await StartAsync(options => options.Applications.Add(new()
        {
            Name = "Open",
            Policies = [new() { Action = AccessEmulatorPolicyAction.Bypass, Everyone = true }],
        }));
        var session = $"CF_Authorization={app.Emulator.LogIn("alice@example.com").Token}";
        using var first = await app.GetAsync("/mine", Navigation, ("Cookie", session));
        var marker = first.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().Split(';')[0];
        using var second = await app.GetAsync("/mine", Navigation, ("Cookie", $"{session}; {marker}"));

        first.StatusCode.ShouldBe(HttpStatusCode.Found);
        first.Headers.Location!.OriginalString.ShouldStartWith("/cdn-cgi/access/login/localhost?");
        second.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        await using var app = await StartAsync();
        using var browser = app.Browser();
        using var landing = await browser.LogInAsync("alice@example.com");
        using var signOut = await browser.GetAsync("/out");
        signOut.StatusCode.ShouldBe(HttpStatusCode.Found);
        using var logout = await browser.GetAsync(signOut.Headers.Location!.OriginalString);
        using var after = await browser.GetAsync("/mine");

        signOut.Headers.Location.OriginalString.ShouldBe("/cdn-cgi/access/logout");
        logout.StatusCode.ShouldBe(HttpStatusCode.OK);
        after.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task An_app_without_audiences_need_not_choose_among_the_emulators_applications()
    {
        await using var app = await StartAsync(options =>
        {
            options.Applications.Add(new() { Name = "Admin", Paths = ["/admin"], Audience = "admin-tag" });
            options.Applications.Add(new() { Name = "All" });
        });
        using var response = await app.GetAsync("/mine", Navigation);

        response.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task Other_redirects_are_left_alone()
    {
        await using var app = await StartAsync();
        foreach (var location in new[] { "https://example.com/", "https://emulator.cloudflareaccess.localhost.example.com/cdn-cgi/access/login", "/next" })
        {
            using var response = await app.GetAsync($"/go?to={Uri.EscapeDataString(location)}");
            response.Headers.Location!.OriginalString.ShouldBe(location);
        }
    }

    private static Task<EmulatedApp> StartAsync(Action<AccessEmulatorOptions>? configure = null) => EmulatedApp.StartAsync(
        configure,
        builder => builder.Services.AddCloudflareAccess(options => options.Challenge.Mode = CloudflareAccessChallengeMode.RedirectNavigations),
        app =>
        {
            app.MapGet("/mine", (HttpContext context) => context.User.Identity!.Name).RequireAuthorization();
            app.MapGet("/out", (HttpContext context) => context.SignOutAsync());
            app.MapGet("/go", (string to) => Results.Redirect(to));
        });
}
