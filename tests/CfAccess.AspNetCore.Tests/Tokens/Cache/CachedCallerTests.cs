using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore.Tests.Tokens.Cache;

/// <summary>Who is calling, where the token was seen before: the same as the first time, and each request's own.</summary>
public sealed class CachedCallerTests
{
    [Fact]
    public async Task A_hit_makes_the_same_caller_as_a_miss()
    {
        await using var rig = await CacheRig.StartAsync(options => options.GroupsClaim = "groups");
        var token = rig.Host.Minter.MintPerson(payload => payload["custom"] = new JsonObject
        {
            ["groups"] = new JsonArray(TestTeam.Group),
        });

        var first = (await rig.Host.PrincipalAsync(token)).ShouldNotBeNull();
        var second = (await rig.Host.PrincipalAsync(token)).ShouldNotBeNull();

        rig.Metrics.Hits.ShouldBe(1);
        second.ShouldNotBeSameAs(first);
        second.Claims.Select(Describe).ShouldBe(first.Claims.Select(Describe));
        second.Claims.ShouldAllBe(claim => !first.Claims.Contains(claim));
        second.Identity!.Name.ShouldBe(first.Identity!.Name);
        second.IsInRole(TestTeam.Group).ShouldBeTrue();
    }

    [Fact]
    public async Task A_hit_has_the_times_of_the_token_in_its_ticket()
    {
        var tickets = new List<AuthenticateResult>();
        await using var rig = await CacheRig.StartAsync(map: app => app.MapGet("/ticket", async (HttpContext context) =>
            tickets.Add(await context.AuthenticateAsync())));
        var token = rig.Host.Minter.MintPerson();

        await rig.StatusAsync(token, "/ticket");
        rig.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await rig.StatusAsync(token, "/ticket");

        tickets.ShouldAllBe(ticket => ticket.Properties!.IssuedUtc == TestClock.DefaultStart);
        tickets.ShouldAllBe(ticket => ticket.Properties!.ExpiresUtc == TestClock.DefaultStart.AddHours(1));
        tickets[1].Properties.ShouldNotBeSameAs(tickets[0].Properties);
    }

    [Fact]
    public async Task What_eight_threads_do_to_their_callers_no_other_request_sees()
    {
        var seen = new ConcurrentBag<string>();
        await using var rig = await CacheRig.StartAsync(map: app => app.MapGet("/change/{number}", (HttpContext context, string number) =>
        {
            var identity = (ClaimsIdentity)context.User.Identity!;
            seen.Add(string.Join('\n', context.User.Claims.Select(Describe)));
            identity.AddClaim(new Claim("groups", number));
            identity.Label = number;
            identity.BootstrapContext = number;
            foreach (var claim in identity.Claims)
            {
                claim.Properties["seen"] = number;
            }

            identity.RemoveClaim(identity.FindFirst(AccessClaimTypes.Email));
            context.User.AddIdentity(new ClaimsIdentity([new Claim("admin", number)], "other"));
        }));
        var token = rig.Host.Minter.MintPerson();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            for (var round = 0; round < 100; round++)
            {
                (await rig.StatusAsync(token, $"/change/{thread}-{round}")).ShouldBe(HttpStatusCode.OK);
            }
        })));

        seen.Count.ShouldBe(800);
        seen.Distinct().ShouldHaveSingleItem().ShouldContain(TestTeam.Email);
        rig.Metrics.Hits.ShouldBeGreaterThanOrEqualTo(792);
    }

    [Fact]
    public async Task An_event_refuses_a_token_on_a_hit_too()
    {
        var isDisabled = false;
        await using var rig = await CacheRig.StartAsync(options => options.Events.OnTokenValidated = context =>
        {
            if (isDisabled)
            {
                context.Fail("disabled");
            }

            return Task.CompletedTask;
        });
        var token = rig.Host.Minter.MintPerson();

        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        isDisabled = true;
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
        rig.Host.LastReason.ShouldBe("rejected_by_event");
        isDisabled = false;
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        rig.Metrics.Hits.ShouldBe(2);
    }

    private static string Describe(Claim claim) =>
        $"{claim.Type}={claim.Value} {claim.ValueType} {claim.Issuer} {claim.OriginalIssuer} {string.Join(',', claim.Properties)} {claim.Subject?.Label}";
}
