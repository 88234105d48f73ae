using System.Net;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Answers;

/// <summary>A policy with several schemes challenges each of them in turn, and the last one answers.</summary>
public sealed class SeveralSchemesTests
{
    private const string Cookies = CookieAuthenticationDefaults.AuthenticationScheme;

    [Fact]
    public async Task Listed_last_it_answers_401_and_not_where_the_other_would_redirect()
    {
        await using var host = await StartAsync(CloudflareAccessChallengeMode.Unauthorized, Cookies, "CloudflareAccess");
        using var response = await host.NavigateAsync("/both");

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.Location.ShouldBeNull();
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Cloudflare-Access");
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("\"status\":401");
    }

    [Fact]
    public async Task Listed_last_it_answers_with_its_own_redirect()
    {
        await using var host = await StartAsync(CloudflareAccessChallengeMode.RedirectNavigations, Cookies, "CloudflareAccess");

        (await host.LoginAsync("/both")).ShouldStartWith("https://acme.cloudflareaccess.com/cdn-cgi/access/login/");
    }

    [Fact]
    public async Task Listed_first_it_leaves_the_answer_to_the_other()
    {
        await using var host = await StartAsync(CloudflareAccessChallengeMode.Unauthorized, "CloudflareAccess", Cookies);
        using var response = await host.NavigateAsync("/both");

        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        response.Headers.Location!.AbsolutePath.ShouldBe("/Account/Login");
        (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_of_ours_challenge_with_one_word()
    {
        await using var host = await StartAsync(CloudflareAccessChallengeMode.Unauthorized, "CloudflareAccess", "Second");
        using var response = await host.GetAsync(token: null, "/both");

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ShouldHaveSingleItem().ToString().ShouldBe("Cloudflare-Access");
    }

    private static Task<AccessHost> StartAsync(CloudflareAccessChallengeMode mode, params string[] schemes) => AccessHost.StartAsync(
        options => options.Challenge.Mode = mode,
        builder =>
        {
            builder.Services.AddProblemDetails();
            builder.Services.AddAuthentication().AddCookie().AddCloudflareAccess("Second", options =>
            {
                options.TeamDomain = "partner";
                options.Audiences = [TestTeam.PartnerAudience];
                options.Keys.Prewarm = CloudflareAccessPrewarm.Off;
            });
        },
        app => app.MapGet("/both", () => "in")
            .RequireAuthorization(new AuthorizationPolicyBuilder(schemes).RequireAuthenticatedUser().Build()));
}
