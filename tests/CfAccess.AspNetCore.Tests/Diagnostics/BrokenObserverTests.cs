using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using CfAccess.AspNetCore.Tests.ExternalEvaluation;
using CfAccess.AspNetCore.Tests.Identity;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Diagnostics;

/// <summary>
/// A trace listener, a meter listener, or a log sink that throws changes no response and no state, and leaves nothing behind.
/// </summary>
public sealed class BrokenObserverTests : IDisposable
{
    private readonly BrokenObservers _observers = new();

    public static TheoryData<BrokenObserver> Observers { get; } =
        [.. Enum.GetValues<BrokenObserver>().Where(observer => observer != BrokenObserver.None)];

    [Theory]
    [MemberData(nameof(Observers))]
    public async Task Tokens_have_the_same_responses(BrokenObserver observer)
    {
        await using var host = await StartAsync(map: app =>
            app.MapGet("/service", () => "in").RequireAuthorization(policy => policy.RequireAccessServiceToken(TestTeam.ClientId)));
        _observers.Broken = observer;
        var token = host.Minter.MintPerson();

        (await host.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(token[..^4] + "AAAA")).ShouldBe(HttpStatusCode.Unauthorized);
        (await host.StatusAsync("no token")).ShouldBe(HttpStatusCode.Unauthorized);
        (await host.StatusAsync(null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await host.StatusAsync(token, "/service")).ShouldBe(HttpStatusCode.Forbidden);
        (await host.StatusAsync(token[..^4] + "AAAA", "/open")).ShouldBe(HttpStatusCode.OK);
        _observers.Thrown.ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Observers))]
    public async Task The_validator_has_the_same_results(BrokenObserver observer)
    {
        await using var host = await StartAsync();
        _observers.Broken = observer;
        var validator = host.Services.GetRequiredService<ICloudflareAccessTokenValidator>();
        var token = host.Minter.MintPerson();

        (await validator.ValidateAsync(token)).Succeeded.ShouldBeTrue();
        (await validator.ValidateAsync(token)).Succeeded.ShouldBeTrue();
        (await validator.ValidateAsync(token + ".")).Reason.ShouldBe(AccessFailureReason.Malformed);
        _observers.Thrown.ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Observers))]
    public async Task Keys_are_fetched_and_an_outage_ends(BrokenObserver observer)
    {
        await using var host = await StartAsync();
        _observers.Broken = observer;
        host.Endpoint.Fail();
        var token = host.Minter.MintPerson();

        using (var response = await host.GetAsync(token))
        {
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            response.Headers.RetryAfter.ShouldNotBeNull();
        }

        host.Endpoint.Publish(TestKey.Get("current"));
        host.Clock.Advance(TimeSpan.FromSeconds(11));
        (await host.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);

        host.Endpoint.Publish(TestKey.Get("next"));
        host.Clock.Advance(TimeSpan.FromSeconds(11));
        (await host.StatusAsync(new TokenMinter(host.Clock, TestKey.Get("next")).MintPerson())).ShouldBe(HttpStatusCode.OK);
        _observers.Thrown.ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Observers))]
    public async Task Identities_are_asked_for_and_the_trial_call_after_an_outage_ends_it(BrokenObserver observer)
    {
        await using var host = await IdentityRig.StartAsync(build: builder => _observers.AddTo(builder.Services));
        _observers.ListenTo(host.Services);
        host.Identities.Fail();
        for (var number = 0; number < 3; number++)
        {
            (await host.StatusAsync(host.MintFor($"person{number}@example.com"), "/group")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        host.Clock.Advance(TimeSpan.FromSeconds(11));
        _observers.Broken = observer;
        (await host.StatusAsync(host.MintFor("trial@example.com"), "/group")).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(host.MintFor("next@example.com"), "/group")).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(host.MintFor("next@example.com"), "/person")).ShouldBe(HttpStatusCode.OK);
        host.Identities.TellGroups("[]");
        (await host.StatusAsync(host.MintFor("other@example.com"), "/group")).ShouldBe(HttpStatusCode.Forbidden);
        host.Identities.Fail();
        (await host.StatusAsync(host.MintFor("late@example.com"), "/group")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        _observers.Thrown.ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Observers))]
    public async Task External_Evaluation_has_the_same_responses(BrokenObserver observer)
    {
        using var directory = new KeyDirectory();
        await using var rig = await EvaluationRig.StartAsync(
            directory,
            (identity, _) => identity.Email switch
            {
                TestTeam.Email => Task.FromResult(true),
                "eve@example.com" => throw new InvalidOperationException("No database."),
                _ => Task.FromResult(false),
            },
            build: builder => _observers.AddTo(builder.Services));
        _observers.ListenTo(rig.Host.Services);
        _observers.Broken = observer;
        var token = rig.Mint();

        (await rig.AnswerAsync(token))["success"]!.GetValue<bool>().ShouldBeTrue();
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.BadRequest);
        (await rig.SuccessAsync(payload => payload["identity"] = new JsonObject { ["email"] = "bob@example.com" })).ShouldBeFalse();
        (await rig.SuccessAsync(payload => payload["identity"] = new JsonObject { ["email"] = "eve@example.com" })).ShouldBeFalse();
        rig.Clock.Advance(TimeSpan.FromDays(29.5));
        (await rig.SuccessAsync()).ShouldBeTrue();
        rig.Clock.Advance(TimeSpan.FromDays(1));
        (await rig.SuccessAsync()).ShouldBeTrue();
        (await rig.JwksAsync()).Count.ShouldBe(2);
        await File.WriteAllTextAsync(directory.File, "damaged");
        rig.Clock.Advance(TimeSpan.FromHours(1));
        (await rig.SuccessAsync()).ShouldBeTrue();
        _observers.Thrown.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(BrokenObserver.Log)]
    [InlineData(BrokenObserver.LogLevel)]
    public async Task The_start_is_the_same(BrokenObserver observer)
    {
        _observers.Broken = observer;
        await using var host = await AccessHost.StartAsync(
            options =>
            {
                options.Audiences = ["unusual", TestTeam.Audience];
                options.Keys.Prewarm = CloudflareAccessPrewarm.FailFast;
            },
            builder => _observers.AddTo(builder.Services));

        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
        _observers.Thrown.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(BrokenObserver.ActivitySample)]
    [InlineData(BrokenObserver.ActivityStart)]
    [InlineData(BrokenObserver.ActivityStop)]
    public async Task No_activity_stays_the_current_one(BrokenObserver observer)
    {
        await using var host = await StartAsync();
        _observers.Broken = observer;
        var validator = host.Services.GetRequiredService<ICloudflareAccessTokenValidator>();
        using var request = new Activity("request").Start();

        await validator.ValidateAsync(host.Minter.MintPerson());

        Activity.Current.ShouldBe(request);
        _observers.Thrown.ShouldBeGreaterThan(0);
    }

    public void Dispose() => _observers.Dispose();

    private async Task<AccessHost> StartAsync(Action<WebApplication>? map = null)
    {
        var host = await AccessHost.StartAsync(build: builder => _observers.AddTo(builder.Services), map: map);
        _observers.ListenTo(host.Services);
        return host;
    }
}
