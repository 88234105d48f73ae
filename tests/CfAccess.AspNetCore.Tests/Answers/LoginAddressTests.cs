using CfAccess.AspNetCore.Answers;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore.Tests.Answers;

public sealed class LoginAddressTests
{
    private const string Audience = TestTeam.Audience;

    [Theory]
    [InlineData("app.example.com", "app.example.com")]
    [InlineData("app.example.com:8443", "app.example.com")]
    [InlineData("App.Example.com", "App.Example.com")]
    [InlineData("127.0.0.1:5000", "127.0.0.1")]
    [InlineData("[::1]:5000", "%5B%3A%3A1%5D")]
    public async Task The_login_is_for_the_host_that_was_asked(string asked, string named)
    {
        await using var host = await Navigation.StartAsync();

        (await LocationAsync(host, asked)).ShouldBe(
            $"https://acme.cloudflareaccess.com/cdn-cgi/access/login/{named}?kid={Audience}&redirect_url=%2Fme");
    }

    [Theory]
    [InlineData("evil.example/x")]
    [InlineData("evil.example?x=")]
    [InlineData("evil.example#x")]
    [InlineData("user@evil.example")]
    [InlineData("evil.example\r\nSet-Cookie: a=b")]
    [InlineData("evil.example%0d%0aSet-Cookie: a=b")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("..")]
    [InlineData("bücher.example")]
    [InlineData("")]
    public async Task Who_names_no_host_gets_401(string asked)
    {
        await using var host = await Navigation.StartAsync();

        (await LocationAsync(host, asked)).ShouldBeNull();
    }

    [Fact]
    public async Task A_host_that_is_too_long_gets_401()
    {
        await using var host = await Navigation.StartAsync();

        (await LocationAsync(host, string.Join('.', Enumerable.Repeat("abcdefghi", 26)))).ShouldBeNull();
    }

    [Theory]
    [InlineData("X-Forwarded-Host")]
    [InlineData("X-Original-Host")]
    [InlineData("Forwarded")]
    public async Task No_other_header_says_for_which_host_it_is(string header)
    {
        await using var host = await Navigation.StartAsync();
        var login = await host.LoginAsync("/me", (header, "host=evil.example"));

        login.ShouldStartWith("https://acme.cloudflareaccess.com/cdn-cgi/access/login/localhost?");
        login.ShouldNotContain("evil");
    }

    /// <summary>An emulator in another process finds its way back by the port.</summary>
    [Fact]
    public async Task A_team_of_another_domain_is_told_the_port()
    {
        await using var host = await Navigation.StartAsync(options =>
        {
            options.AllowCustomTeamDomain = true;
            options.TeamDomain = "http://localhost:5090";
        });

        (await LocationAsync(host, "localhost:5081")).ShouldBe(
            $"http://localhost:5090/cdn-cgi/access/login/localhost%3A5081?kid={Audience}&redirect_url=%2Fme");
    }

    [Theory]
    [InlineData("/me", "", "/me")]
    [InlineData("/a%2Fb/ä", "?q=%20x#c", "/a%2Fb/%C3%A4?q=%20x%23c")]
    [InlineData("/me", "?q=ü", "/me")]
    [InlineData("/me", "?q=a b", "/me")]
    [InlineData("/", "?x=//evil.example", "/?x=//evil.example")]
    [InlineData("//evil.example", "", "/")]
    [InlineData("//evil.example/a", "?b", "/")]
    [InlineData("/\\evil.example", "", "/%5Cevil.example")]
    [InlineData("/\t/evil.example", "", "/%09/evil.example")]
    [InlineData("/\r\nSet-Cookie: a=b", "", "/%0D%0ASet-Cookie:%20a=b")]
    public void The_way_back_is_a_path_of_this_host(string path, string query, string way)
    {
        var wanted = ReturnPath.Of(wanted: null, new PathString(path), new QueryString(query));

        wanted.ShouldBe(way);
    }

    [Theory]
    [InlineData("/account?tab=2", "/account?tab=2")]
    [InlineData("https://evil.example/", "/log-in")]
    [InlineData("//evil.example", "/log-in")]
    [InlineData("/\\evil.example", "/log-in")]
    [InlineData("/\t/evil.example", "/log-in")]
    [InlineData("account", "/log-in")]
    [InlineData("", "/log-in")]
    public async Task The_application_may_name_another_way_back_on_this_host(string wanted, string way)
    {
        await using var host = await AccessHost.StartAsync(
            options => options.Challenge.Mode = CloudflareAccessChallengeMode.RedirectNavigations,
            map: app => app.MapGet("/log-in", (HttpContext context) => context.ChallengeAsync(new AuthenticationProperties { RedirectUri = wanted })));

        Navigation.ReturnPathOf(await host.LoginAsync("/log-in")).ShouldBe(way);
    }

    [Fact]
    public async Task The_way_back_has_the_base_and_is_the_one_that_was_asked_for()
    {
        await using var host = await AccessHost.StartAsync(
            options => options.Challenge.Mode = CloudflareAccessChallengeMode.RedirectNavigations,
            map: app =>
            {
                app.UsePathBase("/base");
                app.UseRouting();
                app.UseAuthentication();
                app.Use((context, next) =>
                {
                    context.Request.Path = "/me";
                    return next(context);
                });
                app.UseRouting();
                app.UseAuthorization();
            });

        Navigation.ReturnPathOf(await host.LoginAsync("/base/pages?a=b")).ShouldBe("/base/pages?a=b");
    }

    [Fact]
    public async Task A_long_query_is_left_out_and_a_long_path_too()
    {
        await using var host = await Navigation.StartAsync();
        var longest = new string('a', ReturnPath.Longest - "%2Fme%3F".Length);

        Navigation.ReturnPathOf(await host.LoginAsync($"/me?{longest}")).ShouldBe($"/me?{longest}");
        Navigation.ReturnPathOf(await host.LoginAsync($"/me?{longest}a")).ShouldBe("/me");
        ReturnPath.Of(wanted: null, new PathString("/" + longest + longest), new QueryString("?a=b")).ShouldBe("/");
    }

    [Fact]
    public async Task The_application_to_log_in_to_is_the_one_that_the_option_names()
    {
        await using var host = await Navigation.StartAsync(options =>
        {
            options.Audiences = [TestTeam.OtherAudience, Audience];
            options.Challenge.Audience = Audience;
        });

        (await host.LoginAsync("/me")).ShouldContain($"?kid={Audience}&");
    }

    [Fact]
    public async Task Of_several_teams_the_one_is_asked_whose_application_it_is()
    {
        await using var host = await Navigation.StartAsync(options =>
        {
            options.TeamDomain = null;
            options.Audiences = [];
            options.Teams =
            [
                new() { TeamDomain = "acme", Audiences = [Audience] },
                new() { TeamDomain = "partner", Audiences = [TestTeam.PartnerAudience] },
            ];
            options.Challenge.Audience = TestTeam.PartnerAudience;
        });

        (await host.LoginAsync("/me")).ShouldBe(
            $"{TestTeam.PartnerIssuer}/cdn-cgi/access/login/localhost?kid={TestTeam.PartnerAudience}&redirect_url=%2Fme");
    }

    [Fact]
    public async Task Of_a_team_under_two_names_the_first_is_asked()
    {
        await using var host = await Navigation.StartAsync(options =>
        {
            options.TeamDomain = null;
            options.Audiences = [];
            options.Teams =
            [
                new() { TeamDomain = "partner", Audiences = [Audience] },
                new() { TeamDomain = "acme", Audiences = [Audience] },
            ];
        });

        (await host.LoginAsync("/me")).ShouldStartWith(TestTeam.PartnerIssuer);
    }

    private static async Task<string?> LocationAsync(AccessHost host, string asked)
    {
        var context = await host.Server.SendAsync(context =>
        {
            context.Request.Path = "/me";
            context.Request.Method = "GET";
            context.Request.Headers[Navigation.Header.Name] = Navigation.Header.Value;
            context.Request.Headers.Host = asked;
        });
        context.Response.StatusCode.ShouldBe(context.Response.Headers.Location.Count == 1 ? 302 : 401);
        return context.Response.Headers.Location;
    }
}
