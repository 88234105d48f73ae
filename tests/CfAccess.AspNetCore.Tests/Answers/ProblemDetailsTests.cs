using System.Net;
using System.Text.Json;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Answers;

public sealed class ProblemDetailsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("abc")]
    public async Task A_401_has_a_body_and_its_header_still(string? token)
    {
        await using var host = await StartAsync();
        using var response = await host.GetAsync(token);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Cloudflare-Access");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var problem = await ProblemAsync(response);
        problem.GetProperty("status").GetInt32().ShouldBe(401);
        problem.GetProperty("title").GetString().ShouldBe("Unauthorized");
        problem.TryGetProperty("detail", out _).ShouldBeFalse();
        problem.GetRawText().ShouldNotContain("malformed");
    }

    [Fact]
    public async Task The_reason_is_told_only_where_the_option_says_so()
    {
        await using var host = await StartAsync(options => options.IncludeErrorDetails = true);
        using var refused = await host.GetAsync("abc");
        using var anonymous = await host.GetAsync(token: null);

        (await ProblemAsync(refused)).GetProperty("detail").GetString().ShouldBe("Cloudflare Access token refused: malformed.");
        (await ProblemAsync(anonymous)).TryGetProperty("detail", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_403_has_a_body()
    {
        await using var host = await StartAsync(map: app => app
            .MapGet("/admin", () => "in")
            .RequireAuthorization(policy => policy.RequireAccessEmailDomain("elsewhere.example")));
        using var response = await host.GetAsync(host.Minter.MintPerson(), "/admin");

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await ProblemAsync(response)).GetProperty("status").GetInt32().ShouldBe(403);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "The Cloudflare Access token could not be judged: keys_unavailable.")]
    public async Task A_503_has_a_body_and_its_header_still(bool tells, string? detail)
    {
        await using var host = await StartAsync(options => options.IncludeErrorDetails = tells);
        host.Endpoint.Fail();
        using var response = await host.GetAsync(host.Minter.MintPerson());

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(10));
        var problem = await ProblemAsync(response);
        problem.GetProperty("status").GetInt32().ShouldBe(503);
        (problem.TryGetProperty("detail", out var told) ? told.GetString() : null).ShouldBe(detail);
    }

    [Fact]
    public async Task A_redirect_has_none()
    {
        await using var host = await StartAsync(options => options.Challenge.Mode = CloudflareAccessChallengeMode.RedirectNavigations);
        using var response = await host.NavigateAsync("/me");

        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_takes_no_json_gets_no_body()
    {
        await using var host = await StartAsync();
        using var response = await host.GetAsync("/me", ("Accept", "text/html"));

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_applications_own_page_comes_first()
    {
        await using var host = await StartAsync(map: app => app.MapGet("/own", async context =>
        {
            await Microsoft.AspNetCore.Authentication.AuthenticationHttpContextExtensions.ChallengeAsync(context);
            await context.Response.WriteAsync("my own page");
        }));
        using var response = await host.GetAsync(token: null, "/own");

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("my own page");
    }

    [Fact]
    public async Task An_event_that_answers_otherwise_is_not_added_to()
    {
        await using var host = await StartAsync(
            options => options.Events.OnForbidden = context =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            },
            app => app.MapGet("/hidden", () => "in").RequireAuthorization(policy => policy.RequireAccessEmailDomain("elsewhere.example")));
        using var response = await host.GetAsync(host.Minter.MintPerson(), "/hidden");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    private static Task<AccessHost> StartAsync(Action<CloudflareAccessOptions>? configure = null, Action<WebApplication>? map = null) =>
        AccessHost.StartAsync(configure, builder => builder.Services.AddProblemDetails(), map);

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage response)
    {
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
    }
}
