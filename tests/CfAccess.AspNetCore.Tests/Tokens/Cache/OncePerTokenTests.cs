using System.Net;
using System.Security.Claims;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore.Tests.Tokens.Cache;

/// <summary>The event <c>TokenValidated</c> where an option lets it run once for a token.</summary>
public sealed class OncePerTokenTests
{
    private int _calls;

    [Fact]
    public async Task The_event_runs_once_and_every_request_has_what_it_added()
    {
        await using var rig = await StartAsync(context =>
        {
            ((ClaimsIdentity)context.Principal!.Identity!).AddClaim(new Claim("tenant", "blue"));
            context.Principal.AddIdentity(new ClaimsIdentity([new Claim("plan", "gold")], "database"));
        });
        var token = rig.Host.Minter.MintPerson();

        for (var round = 0; round < 3; round++)
        {
            var user = (await rig.Host.PrincipalAsync(token)).ShouldNotBeNull();
            user.FindFirstValue("tenant").ShouldBe("blue");
            user.FindFirstValue("plan").ShouldBe("gold");
            user.GetAccessEmail().ShouldBe(TestTeam.Email);
        }

        _calls.ShouldBe(1);
        rig.Host.Log.Named("TokenAccepted").Count().ShouldBe(3);
    }

    [Fact]
    public async Task Every_request_has_its_own_copy()
    {
        await using var rig = await StartAsync(
            _ => { },
            map: app => app.MapGet("/change", async (HttpContext context) =>
            {
                ((ClaimsIdentity)context.User.Identity!).AddClaim(new Claim("groups", "platform"));
                context.User.AddIdentity(new ClaimsIdentity([new Claim("groups", "platform")]));
                (await context.AuthenticateAsync()).Properties!.Items["changed"] = "yes";
            }),
            check: result => result.Properties!.Items.ShouldNotContainKey("changed"));
        var token = rig.Host.Minter.MintPerson();

        for (var round = 0; round < 3; round++)
        {
            (await rig.StatusAsync(token, "/change")).ShouldBe(HttpStatusCode.OK);
            (await rig.StatusAsync(token, "/check")).ShouldBe(HttpStatusCode.OK);
            (await rig.Host.PrincipalAsync(token)).ShouldNotBeNull().HasClaim("groups", "platform").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task What_the_event_refuses_it_is_asked_about_again()
    {
        var isDisabled = true;
        await using var rig = await StartAsync(context =>
        {
            if (isDisabled)
            {
                context.Fail("disabled");
            }
        });
        var token = rig.Host.Minter.MintPerson();

        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
        isDisabled = false;
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        _calls.ShouldBe(3);
    }

    [Fact]
    public async Task A_token_that_ended_or_lost_its_key_ended_for_what_the_event_left_too()
    {
        await using var rig = await StartAsync(_ => { });
        var token = rig.Host.Minter.MintPerson();
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);

        await rig.PublishAsync(TestKey.Get("next"));
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
        await rig.PublishAsync(TestKey.Get("current"));
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        rig.Host.Clock.Advance(TimeSpan.FromHours(2));
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
        _calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_token_that_is_not_kept_is_told_of_on_every_request()
    {
        await using var rig = await StartAsync(_ => { }, options => options.TokenCache.Enabled = false);
        var token = rig.Host.Minter.MintPerson();

        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await rig.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        _calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_saved_token_is_in_every_copy()
    {
        await using var rig = await StartAsync(
            _ => { },
            options => options.SaveToken = true,
            map: app => app.MapGet("/token", async (HttpContext context) =>
            {
                return await context.GetTokenAsync("access_token");
            }));
        var token = rig.Host.Minter.MintPerson();

        for (var round = 0; round < 2; round++)
        {
            using var response = await rig.Host.GetAsync(token, "/token");
            (await response.Content.ReadAsStringAsync()).ShouldBe(token);
        }
    }

    private Task<CacheRig> StartAsync(
        Action<CloudflareAccessTokenValidatedContext> validated,
        Action<CloudflareAccessOptions>? configure = null,
        Action<WebApplication>? map = null,
        Action<AuthenticateResult>? check = null) => CacheRig.StartAsync(
            options =>
            {
                options.TokenCache.TokenValidatedOncePerToken = true;
                options.Events.OnTokenValidated = context =>
                {
                    _calls++;
                    validated(context);
                    return Task.CompletedTask;
                };
                configure?.Invoke(options);
            },
            map: app =>
            {
                map?.Invoke(app);
                app.MapGet("/check", async (HttpContext context) => check?.Invoke(await context.AuthenticateAsync()));
            });
}
