using System.Net;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore.Tests.Answers;

public sealed class LoginRedirectTests
{
    private const string Login = "https://acme.cloudflareaccess.com/cdn-cgi/access/login/localhost";

    [Fact]
    public async Task A_browser_that_opens_a_page_is_sent_to_the_login_of_the_team()
    {
        await using var host = await Navigation.StartAsync();
        using var response = await host.NavigateAsync("/me?a=1&b=%2F%20x");

        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        response.Headers.Location!.OriginalString.ShouldBe(
            $"{Login}?kid={TestTeam.Audience}&redirect_url=%2Fme%3Fa%3D1%26b%3D%252F%2520x");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Headers.WwwAuthenticate.ShouldBeEmpty();
        host.Endpoint.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_is_redirected_unless_the_option_says_so()
    {
        await using var host = await AccessHost.StartAsync();
        using var response = await host.NavigateAsync("/me");

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.Location.ShouldBeNull();
        Navigation.MarkerOf(response).ShouldBeNull();
    }

    [Theory]
    [InlineData("GET", "cors")]
    [InlineData("GET", "no-cors")]
    [InlineData("GET", "websocket")]
    [InlineData("GET", "Navigate")]
    [InlineData("GET", "navigate, cors")]
    [InlineData("GET", null)]
    [InlineData("POST", "navigate")]
    [InlineData("HEAD", "navigate")]
    [InlineData("PUT", "navigate")]
    public async Task What_is_no_navigation_gets_401(string method, string? mode)
    {
        await using var host = await AccessHost.StartAsync(
            options => options.Challenge.Mode = CloudflareAccessChallengeMode.RedirectNavigations,
            map: app => app.MapMethods("/form", ["GET", "HEAD", "POST", "PUT"], () => "in").RequireAuthorization());
        using var request = new HttpRequestMessage(new HttpMethod(method), "/form");
        if (mode is not null)
        {
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Mode", mode);
        }

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Cloudflare-Access");
        response.Headers.Location.ShouldBeNull();
    }

    [Fact]
    public async Task A_browser_with_a_token_is_not_sent_to_log_in_again()
    {
        await using var host = await Navigation.StartAsync();
        var expired = host.Minter.MintPerson(payload => payload["exp"] = 1);
        (string, string)[][] carriers =
        [
            [("Cf-Access-Jwt-Assertion", expired)],
            [("Cf-Access-Jwt-Assertion", "abc")],
            [("Cookie", $"CF_Authorization={expired}")],
            [("Cookie", "CF_Authorization=a; CF_Authorization=b")],
        ];

        foreach (var carrier in carriers)
        {
            using var response = await host.NavigateAsync("/me", carrier);
            response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            response.Headers.Location.ShouldBeNull();
        }
    }

    [Theory]
    [InlineData(CloudflareAccessTokenSources.Header, "Cookie", "CF_Authorization=abc")]
    [InlineData(CloudflareAccessTokenSources.Cookie, "Cf-Access-Jwt-Assertion", "abc")]
    public async Task A_token_where_the_scheme_does_not_look_proves_that_a_login_would_not_help(
        CloudflareAccessTokenSources sources, string header, string value)
    {
        await using var host = await Navigation.StartAsync(options => options.TokenSources = sources);
        using var response = await host.NavigateAsync("/me", (header, value));

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_browser_is_sent_once_in_30_seconds()
    {
        await using var host = await Navigation.StartAsync();
        using var first = await host.NavigateAsync("/me");
        var marker = Navigation.MarkerOf(first).ShouldNotBeNull();
        using var second = await host.NavigateAsync("/me", ("Cookie", $"{marker.Name}={marker.Value}"));

        first.StatusCode.ShouldBe(HttpStatusCode.Found);
        marker.MaxAge.ShouldBe(TimeSpan.FromSeconds(30));
        second.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        second.Headers.WwwAuthenticate.ToString().ShouldBe("Cloudflare-Access");
        Navigation.MarkerOf(second).ShouldBeNull("else it would never end");
    }

    [Theory]
    [InlineData("http", false)]
    [InlineData("https", true)]
    public async Task The_marker_is_for_this_host_alone_and_comes_back_from_the_login(string scheme, bool isSecure)
    {
        await using var host = await Navigation.StartAsync();
        using var response = await host.NavigateAsync($"{scheme}://app.example.com/me");

        var marker = Navigation.MarkerOf(response).ShouldNotBeNull();
        marker.HttpOnly.ShouldBeTrue();
        marker.Secure.ShouldBe(isSecure);
        marker.SameSite.ShouldBe(Microsoft.Net.Http.Headers.SameSiteMode.Lax);
        marker.Path.ToString().ShouldBe("/");
        marker.Domain.HasValue.ShouldBeFalse();
    }

    [Fact]
    public async Task The_marker_needs_no_consent_to_cookies()
    {
        await using var host = await AccessHost.StartAsync(
            options => options.Challenge.Mode = CloudflareAccessChallengeMode.RedirectNavigations,
            map: app =>
            {
                app.UseCookiePolicy(new CookiePolicyOptions { CheckConsentNeeded = _ => true });
                app.MapGet("/log-in", (HttpContext context) => context.ChallengeAsync("CloudflareAccess"));
            });
        using var response = await host.NavigateAsync("/log-in");

        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        Navigation.MarkerOf(response).ShouldNotBeNull();
    }

    [Fact]
    public async Task Without_keys_the_answer_is_503_also_for_a_browser()
    {
        await using var host = await Navigation.StartAsync();
        host.Endpoint.Fail();
        using var response = await host.NavigateAsync("/me", ("Cf-Access-Jwt-Assertion", host.Minter.MintPerson()));

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task The_event_may_answer_in_its_own_way()
    {
        await using var host = await Navigation.StartAsync(options => options.Events.OnChallenge = context =>
        {
            context.Response.StatusCode = StatusCodes.Status418ImATeapot;
            context.HandleResponse();
            return Task.CompletedTask;
        });
        using var response = await host.NavigateAsync("/me");

        response.StatusCode.ShouldBe((HttpStatusCode)418);
        Navigation.MarkerOf(response).ShouldBeNull();
    }
}
