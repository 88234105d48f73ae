using System.Net;
using System.Security.Claims;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.Identity;

/// <summary>Groups beside the cache of tokens: what is kept with a token keeps no groups longer than they count.</summary>
public sealed class KeptGroupsTests
{
    private int _calls;

    [Fact]
    public async Task Groups_that_are_loaded_at_authentication_are_claims_and_roles()
    {
        await using var host = await IdentityRig.StartEagerAsync();
        host.Identities.TellGroups($$"""["plain",{{IdentityRig.FinanceGroup[1..^1]}}]""");
        var token = host.Minter.MintPerson();

        for (var request = 0; request < 2; request++)
        {
            var user = (await host.PrincipalAsync(token)).ShouldNotBeNull();
            user.GetAccessGroups().ShouldBe(["plain", IdentityRig.Finance]);
            user.IsInRole(IdentityRig.Finance).ShouldBeTrue();
            user.FindAll(AccessClaimTypes.GroupId).Select(claim => claim.Value).ShouldBe(["02fk6b3p3majl10"]);
            user.Claims.Select(claim => claim.Issuer).Distinct().ShouldBe([TestTeam.Issuer]);
            (await host.StatusAsync(token, "/role")).ShouldBe(HttpStatusCode.OK);
        }

        host.Identities.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Groups_have_the_role_type_of_the_options()
    {
        await using var host = await IdentityRig.StartEagerAsync(options => options.RoleClaimType = "role");
        host.Identities.TellGroups(IdentityRig.FinanceGroup);

        var user = (await host.PrincipalAsync(host.Minter.MintPerson())).ShouldNotBeNull();

        user.FindFirstValue("role").ShouldBe(IdentityRig.Finance);
        user.IsInRole(IdentityRig.Finance).ShouldBeTrue();
        user.FindFirst("groups").ShouldBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cached_token_has_the_groups_of_now(bool oncePerToken)
    {
        await using var host = await StartAsync(oncePerToken, CloudflareAccessIdentityLoad.AtAuthentication);
        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        var token = host.Minter.MintPerson();
        (await host.BodyAsync(token, "/claims")).ShouldBe(IdentityRig.Finance);
        (await host.BodyAsync(token, "/claims")).ShouldBe(IdentityRig.Finance);
        _calls.ShouldBe(oncePerToken ? 1 : 2);

        host.Identities.TellGroups("""["other"]""");
        host.Clock.AdjustTime(TestClock.DefaultStart + TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        (await host.BodyAsync(token, "/claims")).ShouldBe(IdentityRig.Finance);
        host.Clock.AdjustTime(TestClock.DefaultStart + TimeSpan.FromMinutes(5));
        (await host.BodyAsync(token, "/claims")).ShouldBe("other");

        _calls.ShouldBe(oncePerToken ? 2 : 4);
        host.Identities.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_kept_ticket_does_not_outlive_groups_that_are_no_longer_to_be_had()
    {
        await using var host = await StartAsync(oncePerToken: true, CloudflareAccessIdentityLoad.AtAuthentication);
        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        var token = host.Minter.MintPerson();
        (await host.StatusAsync(token, "/group")).ShouldBe(HttpStatusCode.OK);

        host.Identities.Fail();
        host.Clock.AdjustTime(TestClock.DefaultStart + TimeSpan.FromMinutes(5));

        (await host.StatusAsync(token, "/group")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        host.LastReason.ShouldBe("identity_unavailable");
    }

    [Fact]
    public async Task Without_groups_a_kept_ticket_lasts_until_they_are_asked_for_again()
    {
        await using var host = await StartAsync(oncePerToken: true, CloudflareAccessIdentityLoad.AtAuthentication, isRequired: false);
        host.Identities.Fail();
        var token = host.Minter.MintPerson();
        (await host.BodyAsync(token, "/claims")).ShouldBe(string.Empty);

        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        (await host.BodyAsync(token, "/claims")).ShouldBe(string.Empty);
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        (await host.BodyAsync(token, "/claims")).ShouldBe(IdentityRig.Finance);
        host.Identities.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_an_event_makes_of_an_identity_is_kept_no_longer_than_the_identity(bool clones)
    {
        await using var host = await StartAsync(oncePerToken: true, CloudflareAccessIdentityLoad.OnDemand, validated: async context =>
        {
            var identity = await context.Principal!.GetAccessIdentityAsync();
            var caller = (ClaimsIdentity)context.Principal!.Identity!;
            caller.AddClaims(identity!.Groups.Select(group => new Claim(caller.RoleClaimType, group.Name!)));
            context.Principal = clones ? context.Principal!.Clone() : context.Principal;
        });
        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        var token = host.Minter.MintPerson();
        (await host.BodyAsync(token, "/claims")).ShouldBe(IdentityRig.Finance);

        host.Identities.TellGroups("[]");
        host.Clock.AdjustTime(TestClock.DefaultStart + TimeSpan.FromMinutes(4));
        (await host.BodyAsync(token, "/claims")).ShouldBe(IdentityRig.Finance);
        host.Clock.AdjustTime(TestClock.DefaultStart + TimeSpan.FromMinutes(5));
        (await host.BodyAsync(token, "/claims")).ShouldBe(string.Empty);
        _calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_principal_that_an_event_makes_anew_of_an_identity_is_kept_no_longer_either()
    {
        await using var host = await StartAsync(oncePerToken: true, CloudflareAccessIdentityLoad.OnDemand, validated: async context =>
        {
            var identity = await context.Principal!.GetAccessIdentityAsync();
            context.Principal = new ClaimsPrincipal(new ClaimsIdentity(identity!.Groups.Select(group => new Claim("mine", group.Name!)), "Mine"));
        });
        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        var token = host.Minter.MintPerson();
        await host.StatusAsync(token);
        await host.StatusAsync(token);
        _calls.ShouldBe(1);

        host.Clock.AdjustTime(TestClock.DefaultStart + TimeSpan.FromMinutes(5));
        await host.StatusAsync(token);
        _calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_kept_ticket_still_tells_whom_to_ask_about()
    {
        await using var host = await StartAsync(oncePerToken: true, CloudflareAccessIdentityLoad.OnDemand);
        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        var token = host.Minter.MintPerson();

        (await host.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(token, "/group")).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(token, "/role")).ShouldBe(HttpStatusCode.OK);

        _calls.ShouldBe(1);
        host.Identities.Requests.ShouldHaveSingleItem().Token.ShouldBe(token);
    }

    [Fact]
    public async Task What_one_request_does_to_its_groups_no_other_sees()
    {
        await using var host = await IdentityRig.StartEagerAsync();
        host.Identities.TellGroups("[]");
        var token = host.Minter.MintPerson();
        var first = (await host.PrincipalAsync(token)).ShouldNotBeNull();
        ((ClaimsIdentity)first.Identity!).AddClaim(new Claim("groups", IdentityRig.Finance));

        (await host.StatusAsync(token, "/group")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_anonymous_endpoint_goes_on_without_a_required_identity_and_without_a_caller()
    {
        await using var host = await IdentityRig.StartEagerAsync();
        host.Identities.Fail();

        (await host.BodyAsync(host.Minter.MintPerson(), "/open")).ShouldBe("nobody");
    }

    [Fact]
    public async Task A_required_identity_that_fails_is_told_to_the_events_of_the_scheme()
    {
        Exception? failure = null;
        await using var host = await IdentityRig.StartEagerAsync(options => options.Events.OnAuthenticationFailed = context =>
        {
            failure = context.Exception;
            context.Reason.ShouldBe(AccessFailureReason.IdentityUnavailable);
            return Task.CompletedTask;
        });
        host.Identities.Fail();

        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.ServiceUnavailable);
        failure.ShouldBeOfType<CloudflareAccessIdentityUnavailableException>().RetryAfter.ShouldBe(TimeSpan.FromSeconds(10));
    }

    private Task<AccessHost> StartAsync(
        bool oncePerToken,
        CloudflareAccessIdentityLoad load,
        bool isRequired = true,
        Func<CloudflareAccessTokenValidatedContext, Task>? validated = null) => IdentityRig.StartAsync(options =>
        {
            options.TokenCache.TokenValidatedOncePerToken = oncePerToken;
            options.Identity.Load = load;
            options.Identity.Required = isRequired;
            options.Events.OnTokenValidated = context =>
            {
                _calls++;
                return validated?.Invoke(context) ?? Task.CompletedTask;
            };
        });
}
