using System.Net;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace CfAccess.AspNetCore.Tests.Answers;

public sealed class ChallengeTests
{
    [Fact]
    public async Task Without_a_token_the_answer_is_401_and_not_stored()
    {
        await using var host = await AccessHost.StartAsync();
        using var response = await host.GetAsync(token: null);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Cloudflare-Access");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await response.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
        host.Log.Named("TokenRefused").ShouldBeEmpty();
        host.Endpoint.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_refused_token_is_told_why_only_where_the_option_says_so()
    {
        await using var silent = await AccessHost.StartAsync();
        await using var open = await AccessHost.StartAsync(options => options.IncludeErrorDetails = true);

        using var plain = await silent.GetAsync("abc");
        using var detailed = await open.GetAsync("abc");
        using var anonymous = await open.GetAsync(token: null);

        plain.Headers.WwwAuthenticate.ToString().ShouldBe("Cloudflare-Access");
        detailed.Headers.WwwAuthenticate.ToString()
            .ShouldBe("Cloudflare-Access error=\"invalid_token\", error_description=\"malformed\"");
        anonymous.Headers.WwwAuthenticate.ToString().ShouldBe("Cloudflare-Access");
    }

    [Fact]
    public async Task Without_keys_the_answer_is_503_with_the_time_to_come_back()
    {
        await using var host = await AccessHost.StartAsync();
        host.Endpoint.Fail();
        using var first = await host.GetAsync(host.Minter.MintPerson());
        host.Clock.Advance(TimeSpan.FromSeconds(3.5));
        using var second = await host.GetAsync(host.Minter.MintPerson());

        first.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        second.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        first.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(10));
        second.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        second.Headers.CacheControl!.NoStore.ShouldBeTrue();
        second.Headers.WwwAuthenticate.ShouldBeEmpty();
        host.LastReason.ShouldBe("keys_unavailable");
        host.Endpoint.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_anonymous_endpoint_goes_on_without_keys_and_without_a_caller()
    {
        await using var host = await AccessHost.StartAsync();
        host.Endpoint.Fail();
        using var response = await host.GetAsync(host.Minter.MintPerson(), "/open");

        (await response.Content.ReadAsStringAsync()).ShouldBe("nobody");
    }

    [Fact]
    public async Task Somebody_who_may_not_gets_403_and_it_is_not_stored()
    {
        await using var host = await AccessHost.StartAsync(map: app => app
            .MapGet("/admin", () => "in")
            .RequireAuthorization(policy => policy.RequireAccessEmailDomain("elsewhere.example")));
        using var response = await host.GetAsync(host.Minter.MintPerson(), "/admin");

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }
}
