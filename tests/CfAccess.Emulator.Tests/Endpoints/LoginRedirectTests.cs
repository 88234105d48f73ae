using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Emulator.Tests.Endpoints;

public sealed class LoginRedirectTests : EmulatedAppTests
{
    [Fact]
    public async Task A_401_without_a_session_leads_to_the_login()
    {
        var app = App;

        using var response = await app.GetAsync("/guarded?a=1&b=%2F");

        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        response.Headers.Location!.OriginalString.ShouldBe(
            $"/cdn-cgi/access/login/localhost?kid={AccessEmulatorDefaults.Audience}&redirect_url=%2Fguarded%3Fa%3D1%26b%3D%252F");
        response.Headers.WwwAuthenticate.ShouldBeEmpty();
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("OPTIONS")]
    public async Task It_does_so_for_every_method(string method)
    {
        var app = App;
        using var client = app.Server.CreateClient();
        using var request = new HttpRequestMessage(new(method), "/guarded");

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task A_script_gets_the_401_itself()
    {
        var app = App;

        using var response = await app.GetAsync("/guarded", ("X-Requested-With", "XMLHttpRequest"));

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Cloudflare-Access");
        response.Headers.Location.ShouldBeNull();
    }

    [Fact]
    public async Task A_401_in_spite_of_an_assertion_is_the_apps_own()
    {
        var app = App;

        using var response = await app.GetAsync("/never", ("Cookie", $"CF_Authorization={app.Emulator.LogIn("bob@example.com").Token}"));

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Cloudflare-Access");
    }

    [Fact]
    public async Task Any_other_answer_of_the_app_passes()
    {
        var app = App;

        (await app.GetAsync("/echo")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.GetAsync("/nowhere")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("Bearer error=\"invalid_token\"")]
    [InlineData("Basic realm=\"Cloudflare-Access\"")]
    [InlineData("Cloudflare-Access-Other")]
    [InlineData(null)]
    public async Task A_401_with_another_challenge_or_with_none_stays(string? challenge)
    {
        await using var app = await EmulatedApp.StartAsync(map: host => host.MapGet("/other", (HttpContext context) =>
        {
            context.Response.Headers.WWWAuthenticate = challenge;
            return Results.Text("not you", statusCode: StatusCodes.Status401Unauthorized);
        }));

        using var response = await app.GetAsync("/other");

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().ShouldBe(challenge ?? string.Empty);
        response.Headers.Location.ShouldBeNull();
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("not you");
    }

    [Fact]
    public async Task Of_two_challenges_ours_leads_to_the_login_and_the_other_one_stays()
    {
        await using var app = await EmulatedApp.StartAsync(map: host => host.MapGet("/both", (HttpContext context) =>
        {
            context.Response.Headers.WWWAuthenticate = new(["Bearer", "Cloudflare-Access"]);
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }));

        using var response = await app.GetAsync("/both");

        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
    }

    [Fact]
    public async Task The_redirect_has_no_body_of_the_401()
    {
        await using var app = await EmulatedApp.StartAsync(
            build: builder => builder.Services.AddProblemDetails().AddCloudflareAccess(),
            map: host => host.MapGet("/mine", () => "inside").RequireAuthorization());

        foreach (var path in new[] { "/mine", "/guarded" })
        {
            using var response = await app.GetAsync(path);

            response.StatusCode.ShouldBe(HttpStatusCode.Found);
            response.Content.Headers.ContentType.ShouldBeNull();
            (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty(path);
        }
    }
}
