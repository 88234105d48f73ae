using System.Net;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace CfAccess.AspNetCore.Tests.Identity;

/// <summary>How often a team is asked that does not answer, and whom that harms.</summary>
public sealed class TeamOutageTests
{
    [Fact]
    public async Task A_failure_is_remembered_for_the_cooldown_and_for_its_token_only()
    {
        await using var host = await IdentityRig.StartAsync();
        host.Identities.AnswerWith("""{"err":"no app token set"}""", HttpStatusCode.BadRequest);
        var alice = host.Minter.MintPerson();
        var bob = host.MintFor("bob@example.com");
        using var refused = await host.GetAsync(alice, "/group");
        host.Clock.Advance(TimeSpan.FromSeconds(7.5));
        using var again = await host.GetAsync(alice, "/group");
        host.Identities.Count.ShouldBe(1);
        again.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(3));

        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        (await host.StatusAsync(bob, "/group")).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(alice, "/group")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        host.Clock.Advance(TimeSpan.FromSeconds(2.5));
        (await host.StatusAsync(alice, "/group")).ShouldBe(HttpStatusCode.OK);
        host.Identities.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, 3)]
    [InlineData(HttpStatusCode.TooManyRequests, 3)]
    [InlineData(HttpStatusCode.BadRequest, 20)]
    [InlineData(HttpStatusCode.NotFound, 20)]
    public async Task A_team_that_cannot_serve_is_spared_after_three_calls_in_a_row(HttpStatusCode status, int calls)
    {
        await using var host = await IdentityRig.StartAsync();
        host.Identities.AnswerWith("{}", status);

        for (var person = 0; person < 20; person++)
        {
            (await host.StatusAsync(host.MintFor($"{person}@example.com"), "/group")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        host.Identities.Count.ShouldBe(calls);
        host.Warned().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_team_that_was_spared_is_tried_by_one_call_at_a_time_until_it_is_back()
    {
        await using var host = await IdentityRig.StartAsync();
        host.Identities.Fail();
        for (var person = 0; person < 5; person++)
        {
            await host.StatusAsync(host.MintFor($"{person}@example.com"), "/group");
        }

        host.Clock.Advance(TimeSpan.FromSeconds(10));
        host.Identities.Hang();
        var trying = host.StatusAsync(host.MintFor("a@example.com"), "/group");
        await host.Identities.ReceivedAsync(4);
        using var beside = await host.GetAsync(host.MintFor("b@example.com"), "/group");
        beside.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        beside.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        (await trying).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await host.StatusAsync(host.MintFor("c@example.com"), "/group")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        host.Identities.Count.ShouldBe(4);

        host.Clock.Advance(TimeSpan.FromSeconds(10));
        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        (await host.StatusAsync(host.MintFor("c@example.com"), "/group")).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(host.MintFor("b@example.com"), "/group")).ShouldBe(HttpStatusCode.OK);
        host.Identities.Count.ShouldBe(6);
        host.Log.Named("IdentityUnavailable").Count().ShouldBe(1);
        host.Log.Named("IdentityRecovered").Count().ShouldBe(1);
    }

    [Fact]
    public async Task People_whose_identity_is_known_do_not_notice_that_the_team_is_down()
    {
        await using var host = await IdentityRig.StartAsync();
        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        var alice = host.Minter.MintPerson();
        await host.StatusAsync(alice, "/group");

        host.Identities.Fail();
        for (var person = 0; person < 5; person++)
        {
            await host.StatusAsync(host.MintFor($"{person}@example.com"), "/group");
        }

        (await host.StatusAsync(alice, "/group")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_team_that_is_down_harms_no_other_team()
    {
        await using var host = await AccessHost.StartAsync(
            options =>
            {
                (options.TeamDomain, options.Audiences) = (null, []);
                options.Teams =
                [
                    new() { TeamDomain = "acme", Audiences = [TestTeam.Audience], GroupsFromIdentity = true },
                    new() { TeamDomain = "partner", Audiences = [TestTeam.PartnerAudience], GroupsFromIdentity = true },
                ];
            },
            map: app =>
            {
                app.MapGet("/acme", () => "in").RequireAuthorization(policy => policy.RequireAccessGroup([IdentityRig.Finance], "acme"));
                app.MapGet("/partner", () => "in").RequireAuthorization(policy => policy.RequireAccessGroup([IdentityRig.Finance], "partner"));
            });
        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        var tell = host.Identities.Answer;
        host.Identities.Answer = (request, cancellationToken) => request.RequestUri!.Host.StartsWith("partner", StringComparison.Ordinal)
            ? throw new HttpRequestException("down")
            : tell(request, cancellationToken);

        for (var person = 0; person < 5; person++)
        {
            var partner = host.Minter.MintPerson(payload =>
                (payload["iss"], payload["aud"], payload["email"]) = (TestTeam.PartnerIssuer, TestTeam.PartnerAudience, $"{person}@partner.test"));
            (await host.StatusAsync(partner, "/partner")).ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await host.StatusAsync(partner, "/acme")).ShouldBe(HttpStatusCode.Forbidden);
        }

        (await host.StatusAsync(host.Minter.MintPerson(), "/acme")).ShouldBe(HttpStatusCode.OK);
        host.Identities.Requests.Select(request => request.Url.Host)
            .ShouldBe(["partner.cloudflareaccess.com", "partner.cloudflareaccess.com", "partner.cloudflareaccess.com", "acme.cloudflareaccess.com"]);
    }
}
