using System.Net;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Connections;

/// <summary>What lasts ends when the scheme would refuse its caller, and not before.</summary>
public sealed class ExpirationTokenTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task It_ends_at_the_second_from_which_the_token_is_refused()
    {
        var requests = new OpenRequests();
        await using var host = await StartAsync(requests);
        var token = host.Minter.MintPerson(payload => payload["exp"] = host.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds());
        var (ended, response) = await requests.OpenAsync(host, token);

        host.Clock.Advance(TimeSpan.FromHours(1) + Skew - Second);
        ended.IsCancellationRequested.ShouldBeFalse();
        (await host.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);

        host.Clock.Advance(Second);
        ended.IsCancellationRequested.ShouldBeTrue();
        (await host.StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
        (await response).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_service_token_ends_too()
    {
        var requests = new OpenRequests();
        await using var host = await StartAsync(requests);
        var (ended, response) = await requests.OpenAsync(host, host.Minter.MintService());

        host.Clock.Advance(TimeSpan.FromHours(1) + Skew);

        ended.IsCancellationRequested.ShouldBeTrue();
        await response;
    }

    [Fact]
    public async Task A_token_that_is_let_in_within_the_skew_is_not_ended_at_once()
    {
        var requests = new OpenRequests();
        await using var host = await StartAsync(requests);
        var token = host.Minter.MintPerson();
        host.Clock.Advance(TimeSpan.FromHours(1) + Skew / 2);
        var (ended, response) = await requests.OpenAsync(host, token);

        host.Clock.Advance(Skew / 2 - Second);
        ended.IsCancellationRequested.ShouldBeFalse();
        host.Clock.Advance(Second);
        ended.IsCancellationRequested.ShouldBeTrue();
        await response;
    }

    [Theory]
    [InlineData(60)]
    [InlineData(3650)]
    public async Task A_life_longer_than_a_timer_can_wait_ends_to_the_second(int days)
    {
        var requests = new OpenRequests();
        await using var host = await StartAsync(requests);
        var (ended, response) = await requests.OpenAsync(
            host, host.Minter.MintPerson(payload => payload["exp"] = host.Clock.GetUtcNow().AddDays(days).ToUnixTimeSeconds()));

        host.Clock.Advance(TimeSpan.FromDays(days) + Skew - Second);
        ended.IsCancellationRequested.ShouldBeFalse();
        host.Clock.Advance(Second);
        ended.IsCancellationRequested.ShouldBeTrue();
        await response;
    }

    [Fact]
    public async Task The_last_second_of_all_time_is_an_end_like_others()
    {
        var requests = new OpenRequests();
        await using var host = await StartAsync(requests);
        var (ended, response) = await requests.OpenAsync(
            host, host.Minter.MintPerson(payload => payload["exp"] = DateTimeOffset.MaxValue.ToUnixTimeSeconds()));

        ended.IsCancellationRequested.ShouldBeFalse();
        requests.Release();
        (await response).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_clock_that_is_set_forward_is_noticed_within_ten_minutes()
    {
        var requests = new OpenRequests();
        await using var host = await StartAsync(requests);
        var (ended, response) = await requests.OpenAsync(host, host.Minter.MintPerson());

        host.Clock.AdjustTime(host.Clock.GetUtcNow() + TimeSpan.FromHours(2));
        host.Clock.Advance(TimeSpan.FromMinutes(10));

        ended.IsCancellationRequested.ShouldBeTrue();
        await response;
    }

    [Fact]
    public async Task It_ends_when_the_caller_goes_away()
    {
        var requests = new OpenRequests();
        await using var host = await StartAsync(requests);
        using var client = new CancellationTokenSource();
        var (ended, response) = await requests.OpenAsync(host, host.Minter.MintPerson(), cancellationToken: client.Token);
        var gone = new TaskCompletionSource();
        using var registration = ended.Register(gone.SetResult);

        await client.CancelAsync();

        await gone.Task.WithDeadlineAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => response);
    }

    [Fact]
    public async Task Nothing_outlives_the_request()
    {
        var requests = new OpenRequests();
        await using var host = await StartAsync(requests);
        var (ended, response) = await requests.OpenAsync(host, host.Minter.MintPerson());
        var over = new TaskCompletionSource();
        using var registration = ended.Register(over.SetResult);

        requests.Release();
        (await response).StatusCode.ShouldBe(HttpStatusCode.OK);

        await over.Task.WithDeadlineAsync();
    }

    [Fact]
    public async Task A_request_has_one_and_its_own()
    {
        var seen = new List<CancellationToken>();
        await using var host = await AccessHost.StartAsync(map: app => app.MapGet("/two", (HttpContext context) =>
        {
            seen.Add(context.GetAccessExpirationToken());
            seen.Add(context.GetAccessExpirationToken());
        }).RequireAuthorization());
        var token = host.Minter.MintPerson();

        (await host.StatusAsync(token, "/two")).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(token, "/two")).ShouldBe(HttpStatusCode.OK);

        seen[0].ShouldBe(seen[1]);
        seen[2].ShouldBe(seen[3]);
        seen[0].ShouldNotBe(seen[2]);
    }

    [Fact]
    public async Task An_earlier_end_that_the_application_gave_the_ticket_counts()
    {
        var requests = new OpenRequests();
        await using var host = await StartAsync(requests, options => options.Events.OnTokenValidated = context =>
        {
            context.Properties.ExpiresUtc = context.Properties.IssuedUtc + TimeSpan.FromMinutes(5);
            return Task.CompletedTask;
        });
        var (ended, response) = await requests.OpenAsync(host, host.Minter.MintPerson());

        host.Clock.Advance(TimeSpan.FromMinutes(5) - Second);
        ended.IsCancellationRequested.ShouldBeFalse();
        host.Clock.Advance(Second);
        ended.IsCancellationRequested.ShouldBeTrue();
        await response;
    }

    [Fact]
    public async Task A_later_end_of_the_ticket_does_not_count()
    {
        var requests = new OpenRequests();
        await using var host = await StartAsync(requests, options => options.Events.OnTokenValidated = context =>
        {
            context.Properties.ExpiresUtc = DateTimeOffset.MaxValue;
            return Task.CompletedTask;
        });
        var (ended, response) = await requests.OpenAsync(host, host.Minter.MintPerson());

        host.Clock.Advance(TimeSpan.FromHours(1) + Skew);

        ended.IsCancellationRequested.ShouldBeTrue();
        await response;
    }

    [Fact]
    public async Task The_scheme_that_let_the_caller_in_tells_the_end()
    {
        var requests = new OpenRequests();
        await using var host = await StartAsync(requests, build: builder => builder.Services.AddAuthentication().AddCloudflareAccess("Strict", options =>
        {
            (options.TeamDomain, options.Audiences, options.ClockSkew) = ("acme", [TestTeam.Audience], TimeSpan.Zero);
            options.Keys.Prewarm = CloudflareAccessPrewarm.Off;
        }));
        var (strict, first) = await requests.OpenAsync(host, host.Minter.MintPerson(), "/strict");
        var (ended, second) = await requests.OpenAsync(host, host.Minter.MintPerson());

        host.Clock.Advance(TimeSpan.FromHours(1));
        strict.IsCancellationRequested.ShouldBeTrue();
        ended.IsCancellationRequested.ShouldBeFalse();
        requests.Release();
        await Task.WhenAll(first, second);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("garbage")]
    public async Task Without_a_caller_it_throws(string? token)
    {
        await using var host = await AccessHost.StartAsync(map: app => app.MapGet(
            "/anyone", (HttpContext context) => Should.Throw<InvalidOperationException>(() => context.GetAccessExpirationToken()).Message));

        using var response = await host.GetAsync(token, "/anyone");

        (await response.Content.ReadAsStringAsync()).ShouldStartWith("Cloudflare Access authenticated nobody in this request");
    }

    private static Task<AccessHost> StartAsync(
        OpenRequests requests, Action<CloudflareAccessOptions>? configure = null, Action<WebApplicationBuilder>? build = null) =>
        AccessHost.StartAsync(configure, build, app =>
        {
            app.MapGet("/open-end", requests.HoldAsync).RequireAuthorization();
            app.MapGet("/strict", requests.HoldAsync).RequireAuthorization(
                policy => policy.AddAuthenticationSchemes(build is null ? CloudflareAccessDefaults.AuthenticationScheme : "Strict").RequireAuthenticatedUser());
        });
}
