using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Tests.Identity;

/// <summary>How often a team is asked: once for a token and a while.</summary>
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

        host.Clock.AdjustTime(TestClock.DefaultStart + TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        (await host.StatusAsync(token, "/group")).ShouldBe(HttpStatusCode.OK);
        host.Identities.Count.ShouldBe(1);

        host.Clock.AdjustTime(TestClock.DefaultStart + TimeSpan.FromMinutes(5));
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

        host.Clock.AdjustTime(TestClock.DefaultStart + TimeSpan.FromMinutes(5));
        (await host.StatusAsync(token, "/group")).ShouldBe(HttpStatusCode.OK);
        host.Identities.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_token_that_has_ended_and_is_still_accepted_costs_one_call_however_many_requests_there_are()
    {
        await using var host = await IdentityRig.StartAsync();
        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        var token = MintUntil(host, TestClock.DefaultStart.AddMinutes(1));

        // Within ClockSkew after exp.
        host.Clock.AdjustTime(TestClock.DefaultStart.AddMinutes(1));
        for (var request = 0; request < 50; request++)
        {
            (await host.StatusAsync(token, "/group")).ShouldBe(HttpStatusCode.OK);
        }

        host.Clock.AdjustTime(TestClock.DefaultStart.AddMinutes(2) - TimeSpan.FromTicks(1));
        (await host.StatusAsync(token, "/group")).ShouldBe(HttpStatusCode.OK);
        host.Identities.Count.ShouldBe(1);
        host.Clock.AdjustTime(TestClock.DefaultStart.AddMinutes(2));
        (await host.StatusAsync(token, "/group")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_identity_is_kept_no_longer_than_its_token_is_accepted_and_then_nobody_is_asked()
    {
        await using var host = await IdentityRig.StartAsync();
        var user = (await host.PrincipalAsync(MintUntil(host, TestClock.DefaultStart.AddMinutes(1)))).ShouldNotBeNull();

        // As on a connection that outlives its token.
        host.Clock.AdjustTime(TestClock.DefaultStart.AddMinutes(2) - TimeSpan.FromTicks(1));
        (await user.GetAccessIdentityAsync()).ShouldNotBeNull();
        host.Clock.AdjustTime(TestClock.DefaultStart.AddMinutes(2));
        for (var time = 0; time < 3; time++)
        {
            await Should.ThrowAsync<CloudflareAccessIdentityUnavailableException>(() => user.GetAccessIdentityAsync());
        }

        host.Identities.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_token_of_all_time_has_an_identity()
    {
        await using var host = await IdentityRig.StartAsync();
        host.Identities.TellGroups(IdentityRig.FinanceGroup);

        (await host.StatusAsync(MintUntil(host, DateTimeOffset.MaxValue), "/group")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_makes_nothing_count_longer()
    {
        await using var host = await IdentityRig.StartAsync();
        var token = host.Minter.MintPerson(payload => (payload["iat"], payload["nbf"]) = (0, 0));
        await host.StatusAsync(token, "/group");

        host.Clock.AdjustTime(TestClock.DefaultStart - TimeSpan.FromHours(1));
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

        (await host.StatusAsync(token, "/group")).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(token, "/group")).ShouldBe(HttpStatusCode.OK);
        host.Identities.Count.ShouldBe(1);
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

    private static string MintUntil(AccessHost host, DateTimeOffset end) =>
        host.Minter.MintPerson(payload => payload["exp"] = end.ToUnixTimeSeconds());

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
