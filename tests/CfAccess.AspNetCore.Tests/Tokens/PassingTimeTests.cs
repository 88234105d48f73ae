using System.Net;
using CfAccess.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Tokens;

/// <summary>What a token and its validator do when time has passed, or is over.</summary>
public sealed class PassingTimeTests
{
    [Fact]
    public async Task A_token_that_ends_while_its_key_is_fetched_is_refused_as_expired()
    {
        await using var host = await AccessHost.StartAsync();
        var token = host.Minter.MintPerson();
        var end = host.Clock.GetUtcNow() + TimeSpan.FromSeconds(3600 + 60);
        var answer = host.Endpoint.Answer;
        host.Endpoint.Answer = (request, cancellationToken) =>
        {
            host.Clock.AdjustTime(end);
            return answer(request, cancellationToken);
        };

        (await host.StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
        host.LastReason.ShouldBe("expired");
        host.Endpoint.Count.ShouldBe(1);
        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_validator_that_is_disposed_of_fetches_no_keys_again()
    {
        await using var host = await AccessHost.StartAsync();
        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);

        // Only then has the fetch given back its timer, and the next is that of the refresh.
        await host.Fetches.EndedAsync(1);
        host.Clock.Advance(new CloudflareAccessKeyOptions().RefreshInterval * 1.1);
        await host.Fetches.EndedAsync(2);

        var fired = host.Clock.FiredTimers;
        host.Services.GetRequiredService<AccessSchemes>().Get(CloudflareAccessDefaults.AuthenticationScheme).Dispose();
        host.Clock.Advance(TimeSpan.FromDays(30));

        host.Clock.FiredTimers.ShouldBe(fired);
        host.Endpoint.Count.ShouldBe(2);
    }
}
