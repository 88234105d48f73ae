using System.Net;
using System.Security.Claims;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests;

public sealed class EventTests
{
    [Fact]
    public async Task An_event_may_bring_the_token_from_a_place_of_its_own()
    {
        await using var host = await AccessHost.StartAsync(options => options.Events.OnMessageReceived = context =>
        {
            context.Token = context.Request.Query["token"];
            return Task.CompletedTask;
        });

        (await host.StatusAsync(null, "/me?token=" + host.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(host.Minter.MintPerson(), "/me?token=abc")).ShouldBe(HttpStatusCode.Unauthorized);
        host.Log.Named("TokenRefused").Single().Message.ShouldContain("event");
    }

    [Fact]
    public async Task An_event_may_refuse_a_valid_token_on_every_request()
    {
        var calls = 0;
        await using var host = await AccessHost.StartAsync(options => options.Events.OnTokenValidated = context =>
        {
            calls++;
            context.Fail("disabled");
            return Task.CompletedTask;
        });
        var token = host.Minter.MintPerson();

        (await host.StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
        (await host.StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
        host.LastReason.ShouldBe("rejected_by_event");
        calls.ShouldBe(2);
    }

    [Fact]
    public async Task What_an_event_gives_as_its_reason_is_told_to_the_application_and_to_no_log()
    {
        Exception? inner = null;
        await using var host = await AccessHost.StartAsync(options =>
        {
            options.Events.OnTokenValidated = context =>
            {
                context.Fail(new InvalidOperationException("the sentinel account is disabled"));
                return Task.CompletedTask;
            };
            options.Events.OnAuthenticationFailed = context =>
            {
                inner = context.Exception.InnerException;
                return Task.CompletedTask;
            };
        });

        await host.StatusAsync(host.Minter.MintPerson());

        inner.ShouldBeOfType<InvalidOperationException>().Message.ShouldBe("the sentinel account is disabled");
        host.Log.Entries.ShouldAllBe(entry => !entry.Message.Contains("sentinel", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_that_wants_no_result_gets_401_and_nothing_is_told_as_accepted()
    {
        await using var host = await AccessHost.StartAsync(options => options.Events.OnTokenValidated = context =>
        {
            context.NoResult();
            return Task.CompletedTask;
        });

        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.Unauthorized);
        host.Log.Named("TokenAccepted").ShouldBeEmpty();
    }

    [Fact]
    public async Task An_event_may_add_to_the_principal()
    {
        await using var host = await AccessHost.StartAsync(
            options => options.Events.OnTokenValidated = context =>
            {
                context.Principal!.AddIdentity(new ClaimsIdentity([new Claim("tenant", "blue")]));
                return Task.CompletedTask;
            },
            map: app => app.MapGet("/tenant", (ClaimsPrincipal user) => user.FindFirstValue("tenant")));
        using var response = await host.GetAsync(host.Minter.MintPerson(), "/tenant");

        (await response.Content.ReadAsStringAsync()).ShouldBe("blue");
    }

    [Fact]
    public async Task An_event_is_told_the_reason_of_a_refusal()
    {
        var reasons = new List<AccessFailureReason>();
        await using var host = await AccessHost.StartAsync(options => options.Events.OnAuthenticationFailed = context =>
        {
            reasons.Add(context.Reason);
            return Task.CompletedTask;
        });

        await host.StatusAsync(host.Minter.MintPerson(payload => payload["type"] = "org"));
        await host.StatusAsync(host.Minter.MintPerson(payload => payload["exp"] = 1));
        reasons.ShouldBe([AccessFailureReason.WrongType, AccessFailureReason.Expired]);
    }

    [Fact]
    public async Task A_refusal_is_one_line_of_information_before_the_challenge()
    {
        await using var host = await AccessHost.StartAsync();

        await host.StatusAsync("abc", "/open");

        var told = host.Log.Entries.Where(entry => entry.Category.Contains("CfAccess", StringComparison.Ordinal)).ToList();
        told.ShouldHaveSingleItem().Event.ShouldBe("TokenRefused");
        told[0].Exception.ShouldBeNull();
    }

    [Fact]
    public async Task A_scheme_that_forwards_authentication_is_not_asked_itself()
    {
        await using var host = await AccessHost.StartAsync(
            options => options.ForwardAuthenticate = "Other",
            builder => builder.Services.AddAuthentication().AddCloudflareAccess("Other", options =>
            {
                options.TeamDomain = "acme";
                options.Audiences = [TestTeam.OtherAudience];
                options.Keys.Prewarm = CloudflareAccessPrewarm.Off;
            }));

        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.Unauthorized);
        (await host.StatusAsync(host.Minter.MintPerson(payload => payload["aud"] = TestTeam.OtherAudience))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_event_may_answer_a_challenge_and_a_refusal_in_its_own_way()
    {
        await using var host = await AccessHost.StartAsync(
            options =>
            {
                options.Events.OnChallenge = context =>
                {
                    context.Response.StatusCode = 418;
                    context.Response.Headers["X-Reason"] = context.Reason?.ToString() ?? "none";
                    context.HandleResponse();
                    return Task.CompletedTask;
                };
                options.Events.OnForbidden = context => context.Response.WriteAsync("not you");
            },
            map: app => app.MapGet("/admin", () => "in").RequireAuthorization(policy => policy.RequireAccessEmailDomain("elsewhere.example")));

        using var none = await host.GetAsync(token: null);
        using var bad = await host.GetAsync("abc");
        using var forbidden = await host.GetAsync(host.Minter.MintPerson(), "/admin");

        ((int)none.StatusCode).ShouldBe(418);
        none.Headers.GetValues("X-Reason").ShouldBe(["none"]);
        bad.Headers.GetValues("X-Reason").ShouldBe(["Malformed"]);
        forbidden.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await forbidden.Content.ReadAsStringAsync()).ShouldBe("not you");
    }

    [Fact]
    public async Task Events_of_a_type_come_from_the_services()
    {
        await using var host = await AccessHost.StartAsync(
            options => options.EventsType = typeof(RefuseEveryone),
            builder => builder.Services.AddScoped<RefuseEveryone>());

        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_ticket_holds_the_times_of_the_token_and_the_token_where_the_option_says_so()
    {
        AuthenticateResult? result = null;
        await using var host = await AccessHost.StartAsync(
            options => options.SaveToken = true,
            map: app => app.MapGet("/ticket", async (HttpContext context) =>
            {
                result = await context.AuthenticateAsync();
                return await context.GetTokenAsync("access_token");
            }));
        var token = host.Minter.MintPerson();
        using var response = await host.GetAsync(token, "/ticket");

        (await response.Content.ReadAsStringAsync()).ShouldBe(token);
        result!.Properties!.IssuedUtc.ShouldBe(TestClock.DefaultStart);
        result.Properties.ExpiresUtc.ShouldBe(TestClock.DefaultStart.AddHours(1));
        result.Ticket!.AuthenticationScheme.ShouldBe("CloudflareAccess");
    }

    private sealed class RefuseEveryone : CloudflareAccessEvents
    {
        public override Task TokenValidated(CloudflareAccessTokenValidatedContext context)
        {
            context.Fail("closed");
            return Task.CompletedTask;
        }
    }
}
