using System.Net;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Tests.Identities;

/// <summary>How often a team is asked: once for a token and a while, also where it does not answer.</summary>
public sealed class IdentityCacheTests
{
    private static readonly AsyncLocal<string?> OfRequest = new();

    [Fact]
    public async Task An_identity_counts_for_five_minutes_and_not_a_moment_longer()
    {
        await using var host = await IdentityRig.StartAsync();
        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        var token = host.Minter.MintPerson();
        (await host.StatusAsync(token, "/group")).ShouldBe(HttpStatusCode.OK);
        host.Identities.TellGroups("[]");

        host.Clock.Set(ManualTimeProvider.Start + TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        (await host.StatusAsync(token, "/group")).ShouldBe(HttpStatusCode.OK);
        host.Identities.Count.ShouldBe(1);

        host.Clock.Set(ManualTimeProvider.Start + TimeSpan.FromMinutes(5));
        (await host.StatusAsync(token, "/group")).ShouldBe(HttpStatusCode.Forbidden);
        host.Identities.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_identity_counts_from_when_it_was_asked_for()
    {
        await using var host = await IdentityRig.StartAsync();
        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        var gate = host.Identities.Hold();
        var token = host.Minter.MintPerson();
        var slow = host.StatusAsync(token, "/group");
        await host.Identities.ReceivedAsync(1);
        host.Clock.Advance(TimeSpan.FromSeconds(4));
        gate.SetResult();
        (await slow).ShouldBe(HttpStatusCode.OK);

        host.Clock.Set(ManualTimeProvider.Start + TimeSpan.FromMinutes(5));
        (await host.StatusAsync(token, "/group")).ShouldBe(HttpStatusCode.OK);
        host.Identities.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_identity_is_not_kept_past_the_end_of_its_token()
    {
        await using var host = await IdentityRig.StartAsync();
        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        var token = host.Minter.MintPerson(payload => payload["exp"] = ManualTimeProvider.Start.AddMinutes(1).ToUnixTimeSeconds());
        (await host.StatusAsync(token, "/group")).ShouldBe(HttpStatusCode.OK);

        // The token itself is taken for as long as clocks may differ.
        host.Clock.Set(ManualTimeProvider.Start.AddMinutes(1));
        (await host.StatusAsync(token, "/group")).ShouldBe(HttpStatusCode.OK);
        host.Identities.Count.ShouldBe(2);
        (await host.StatusAsync(token, "/group")).ShouldBe(HttpStatusCode.OK);
        host.Identities.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_makes_nothing_count_longer()
    {
        await using var host = await IdentityRig.StartAsync();
        var token = host.Minter.MintPerson(payload => (payload["iat"], payload["nbf"]) = (0, 0));
        await host.StatusAsync(token, "/group");

        host.Clock.Set(ManualTimeProvider.Start - TimeSpan.FromHours(1));
        await host.StatusAsync(token, "/group");

        host.Identities.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Requests_with_one_token_share_one_call()
    {
        await using var host = await IdentityRig.StartAsync();
        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        var gate = host.Identities.Hold();
        var token = host.Minter.MintPerson();

        var waiting = Enumerable.Range(0, 20).Select(_ => host.StatusAsync(token, "/group")).ToList();
        await host.Identities.ReceivedAsync(1);
        gate.SetResult();

        (await Task.WhenAll(waiting)).ShouldAllBe(status => status == HttpStatusCode.OK);
        host.Identities.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Each_token_has_an_identity_of_its_own()
    {
        await using var host = await IdentityRig.StartAsync();
        host.Identities.Tell(identity => identity["groups"] = new JsonArray(identity["email"]!.DeepClone()));

        foreach (var email in new[] { "alice@example.com", "bob@example.com", "alice@example.com" })
        {
            (await host.BodyAsync(host.MintFor(email), "/groups")).ShouldBe(email);
        }

        host.Identities.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_caller_who_goes_away_does_not_end_the_call_for_others()
    {
        await using var host = await IdentityRig.StartAsync();
        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        var gate = host.Identities.Hold();
        var token = host.Minter.MintPerson();
        using var leaving = new CancellationTokenSource();
        var first = host.Client.SendAsync(Request(token), leaving.Token);
        await host.Identities.ReceivedAsync(1);
        var second = host.StatusAsync(token, "/group");

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        gate.SetResult();

        (await second).ShouldBe(HttpStatusCode.OK);
        host.Identities.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_log_sink_that_throws_leaves_nobody_waiting()
    {
        using var sink = new BrokenSink();
        await using var host = await IdentityRig.StartAsync(build: builder => builder.Services.AddLogging(logging => logging.AddProvider(sink)));
        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        var token = host.Minter.MintPerson();

        (await host.StatusAsync(token, "/group")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await host.StatusAsync(token, "/group")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nothing_of_the_request_that_caused_a_call_goes_with_it()
    {
        string? seen = "nothing yet";
        await using var host = await IdentityRig.StartAsync(map: app => app.MapGet("/in-request", async (HttpContext context) =>
        {
            OfRequest.Value = "request";
            await context.GetAccessIdentityAsync();
        }).RequireAuthorization());
        var tell = host.Identities.Answer;
        host.Identities.Answer = (request, cancellationToken) =>
        {
            seen = OfRequest.Value;
            return tell(request, cancellationToken);
        };

        (await host.StatusAsync(host.Minter.MintPerson(), "/in-request")).ShouldBe(HttpStatusCode.OK);
        seen.ShouldBeNull();
    }

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

    /// <summary>Throws at what is told of identities.</summary>
    private sealed class BrokenSink : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Name == "IdentityAsked")
            {
                throw new InvalidOperationException("The disk is full.");
            }
        }

        public void Dispose()
        {
        }
    }

    private static HttpRequestMessage Request(string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/group");
        request.Headers.Add(CloudflareAccessDefaults.AssertionHeader, token);
        return request;
    }
}
