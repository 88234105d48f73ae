using System.Net;
using System.Security.Cryptography;
using System.Text;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.EndToEnd.Tests.Sharing;

/// <summary>Instances share identities through Redis. In an outage of Redis a request waits for it a moment at most, and the instance asks Cloudflare itself.</summary>
public sealed class RedisIdentityTests : RedisTest
{
    private const string Group = "Finance-Team";

    /// <summary>A quarter of the time-out of a call to Cloudflare.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1.25);

    [Fact]
    public async Task An_identity_that_one_instance_asked_for_is_known_to_the_other()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();

        (await second.StatusAsync(await ShareAsync(first), "/group")).ShouldBe(HttpStatusCode.OK);
        second.Identities.Count.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task An_outage_of_Redis_costs_one_short_wait_and_identities_are_shared_again_after_it(Outage outage, bool isRunning)
    {
        if (!isRunning)
        {
            await FailAsync(outage);
        }

        await using var first = await StartAsync().WithDeadlineAsync();
        await using var second = await StartAsync().WithDeadlineAsync();
        if (isRunning)
        {
            (await second.StatusAsync(await ShareAsync(first), "/group")).ShouldBe(HttpStatusCode.OK);
            await FailAsync(outage);
        }

        (await WithinAsync(Limit, first.Clock, () => first.StatusAsync(Mint(first), "/group"))).ShouldBe(HttpStatusCode.OK);
        for (var person = 0; person < 5; person++)
        {
            (await WithinAsync(Limit, second.Clock, () => second.StatusAsync(Mint(second), "/group"))).ShouldBe(HttpStatusCode.OK);
        }

        second.Identities.Count.ShouldBe(5);
        await RecoverAsync(first, second);

        // An entry from the future is not used.
        first.Clock.AdjustTime(TestClock.DefaultStart + TimeSpan.FromMinutes(1));
        second.Clock.AdjustTime(TestClock.DefaultStart + TimeSpan.FromMinutes(1));
        await TestDeadline.UntilAsync(async () =>
        {
            var asked = second.Identities.Count;
            (await second.StatusAsync(await ShareAsync(first), "/group")).ShouldBe(HttpStatusCode.OK);
            return second.Identities.Count == asked;
        });
    }

    /// <summary>Lets an instance ask for identities until it has stored one: it stores them after its response, and not while the cache is late.</summary>
    /// <returns>The token of that person.</returns>
    private static async Task<string> ShareAsync(AccessHost host)
    {
        var cache = host.Services.GetRequiredService<IDistributedCache>();
        var asked = new List<string>();
        string? shared = null;
        await TestDeadline.UntilAsync(async () =>
        {
            asked.Add(Mint(host));
            (await host.StatusAsync(asked[^1], "/group")).ShouldBe(HttpStatusCode.OK);
            foreach (var token in asked)
            {
                var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
                shared = await cache.GetAsync($"CfAccess.Identity:v1:{TestTeam.Issuer}:{hash}") is null ? shared : token;
            }

            return shared is not null;
        });
        return shared!;
    }

    /// <summary>The token of a new person.</summary>
    private static string Mint(AccessHost host)
    {
        var name = Guid.NewGuid().ToString("N");
        return host.Minter.MintPerson(payload => (payload["email"], payload["sub"]) = ($"{name}@example.com", name));
    }

    private async Task<AccessHost> StartAsync()
    {
        var host = await AccessHost.StartAsync(
            options => (options.GroupsFromIdentity, options.Identity.Shared) = (true, true),
            Share,
            app => app.MapGet("/group", () => "in").RequireAuthorization(policy => policy.RequireAccessGroup(Group)));
        host.Identities.TellGroups($"""["{Group}"]""");
        return host;
    }
}
