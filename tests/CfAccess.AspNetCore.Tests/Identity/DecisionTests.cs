using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Identity;

/// <summary>Decisions that need an identity: when it is asked for, and whether the answer is 403 or 503.</summary>
public sealed class DecisionTests
{
    [Fact]
    public async Task A_request_that_needs_no_identity_costs_no_call()
    {
        await using var host = await IdentityRig.StartAsync();

        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(host.Minter.MintPerson(), "/open")).ShouldBe(HttpStatusCode.OK);
        host.Identities.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("/group")]
    [InlineData("/role")]
    public async Task Nobody_is_asked_about_unless_groups_come_from_there(string path)
    {
        await using var host = await IdentityRig.StartAsync(options => (options.GroupsFromIdentity, options.GroupsClaim) = (false, "groups"));
        host.Identities.TellGroups(IdentityRig.FinanceGroup);

        (await host.StatusAsync(host.Minter.MintPerson(), path)).ShouldBe(HttpStatusCode.Forbidden);
        host.Identities.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("other requirement is not met", "/audience", 403)]
    [InlineData("the caller is refused outright", "/refused", 403)]
    [InlineData("two groups are wanted", "/two", 503)]
    [InlineData("a group and a role are wanted", "/mixed", 503)]
    [InlineData("another handler lets the caller in", "/let-in", 200)]
    [InlineData("the application decides by itself", "/imperative", 503)]
    [InlineData("the application decides by itself, of a resource", "/imperative-resource", 503)]
    public async Task The_answer_is_503_where_the_identity_alone_is_missing(string situation, string path, int status)
    {
        await using var host = await IdentityRig.StartAsync(
            options => options.Audiences = [TestTeam.Audience, TestTeam.OtherAudience],
            builder => builder.Services.AddSingleton<IAuthorizationHandler, LetIn>(),
            app =>
            {
                app.MapGet("/audience", () => "in").RequireAuthorization(policy =>
                    policy.RequireAccessGroup(IdentityRig.Finance).RequireAccessAudience(TestTeam.OtherAudience));
                app.MapGet("/refused", () => "in").RequireAuthorization(policy =>
                    policy.RequireAccessGroup(IdentityRig.Finance).AddRequirements(new Refusal()));
                app.MapGet("/two", () => "in").RequireAuthorization(policy =>
                    policy.RequireAccessGroup(IdentityRig.Finance).RequireAccessGroup("other"));
                app.MapGet("/mixed", () => "in").RequireAuthorization(policy =>
                    policy.RequireAccessGroup(IdentityRig.Finance).RequireRole(IdentityRig.Finance));
                app.MapGet("/let-in", () => "in").RequireAuthorization(policy =>
                    policy.RequireAccessGroup(IdentityRig.Finance).AddRequirements(new Exception()));
                app.MapGet("/imperative", (Delegate)((HttpContext context) => DecideAsync(context, null))).RequireAuthorization();
                app.MapGet("/imperative-resource", (Delegate)((HttpContext context) => DecideAsync(context, "document"))).RequireAuthorization();
            });
        host.Identities.Fail();

        using var response = await host.GetAsync(host.Minter.MintPerson(), path);

        ((int)response.StatusCode).ShouldBe(status, situation);
        (response.Headers.RetryAfter?.Delta).ShouldBe(status == 503 ? TimeSpan.FromSeconds(10) : null, situation);
        host.Identities.Count.ShouldBe(1);
        host.Log.Named("IdentityMissing").Count().ShouldBe(status == 503 ? 1 : 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_policy_that_names_an_identity_needs_one_whatever_the_option_says(bool isRequired)
    {
        await using var host = await IdentityRig.StartAsync(options =>
            (options.GroupsFromIdentity, options.GroupsClaim, options.Identity.Required) = (false, "groups", isRequired));

        (await host.StatusAsync(host.Minter.MintService(), "/person")).ShouldBe(HttpStatusCode.Forbidden);
        (await host.StatusAsync(host.Minter.MintPerson(), "/person")).ShouldBe(HttpStatusCode.OK);
        host.Identities.Count.ShouldBe(1);
        host.Identities.Fail();
        (await host.StatusAsync(host.MintFor("bob@example.com"), "/person")).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task An_event_may_answer_what_is_missing_in_its_own_way()
    {
        var told = new List<bool>();
        await using var host = await IdentityRig.StartAsync(options => options.Events.OnForbidden = context =>
        {
            told.Add(context.Exception is { Reason: AccessFailureReason.IdentityUnavailable, RetryAfter.TotalSeconds: 10 });
            return Task.CompletedTask;
        });
        host.Identities.Fail();
        await host.StatusAsync(host.Minter.MintPerson(), "/group");
        host.Identities.Tell();
        await host.StatusAsync(host.MintFor("bob@example.com"), "/group");

        told.ShouldBe([true, false]);
    }

    [Fact]
    public async Task Roles_of_get_identity_count_for_a_team_that_says_so_only()
    {
        await using var host = await AccessHost.StartAsync(
            options =>
            {
                (options.TeamDomain, options.Audiences) = (null, []);
                options.Teams =
                [
                    new() { TeamDomain = "acme", Audiences = [TestTeam.Audience], GroupsFromIdentity = true },
                    new() { TeamDomain = "partner", Audiences = [TestTeam.PartnerAudience] },
                ];
            },
            map: app => app.MapGet("/role", [Authorize(Roles = IdentityRig.Finance)] () => "in"));
        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        var partner = host.Minter.MintPerson(payload =>
            (payload["iss"], payload["aud"]) = (TestTeam.PartnerIssuer, TestTeam.PartnerAudience));

        (await host.StatusAsync(partner, "/role")).ShouldBe(HttpStatusCode.Forbidden);
        host.Identities.Count.ShouldBe(0);
        (await host.StatusAsync(host.Minter.MintPerson(), "/role")).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("okta", true)]
    [InlineData("f174e90a-fafe-4643-bbbc-4a0ed4fc8415", true)]
    [InlineData("Okta", false)]
    [InlineData("azureAD", false)]
    public async Task Groups_of_a_provider_that_is_left_out_do_not_count(string provider, bool counts)
    {
        await using var host = await IdentityRig.StartAsync(options => options.Identity.IdentityProviders = ["github", provider]);
        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        var token = host.Minter.MintPerson();

        (await host.StatusAsync(token, "/group")).ShouldBe(counts ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
        (await host.StatusAsync(token, "/role")).ShouldBe(counts ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
        (await host.BodyAsync(token, "/groups")).ShouldBe(counts ? IdentityRig.Finance : string.Empty);
        host.Identities.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"okta\"")]
    [InlineData("{}")]
    [InlineData("""{"id":["okta"],"type":null}""")]
    public async Task Groups_of_a_provider_that_is_not_told_do_not_count_where_providers_are_named(string provider)
    {
        await using var host = await IdentityRig.StartAsync(options => options.Identity.IdentityProviders = ["okta"]);
        host.Identities.Tell(identity => (identity["idp"], identity["groups"]) =
            (JsonNode.Parse(provider), JsonNode.Parse(IdentityRig.FinanceGroup)));

        (await host.StatusAsync(host.Minter.MintPerson(), "/group")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_principal_that_lives_on_asks_again()
    {
        await using var host = await IdentityRig.StartAsync();
        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        var connected = (await host.PrincipalAsync(host.Minter.MintPerson())).ShouldNotBeNull();
        var authorization = host.Services.GetRequiredService<IAuthorizationService>();
        var policy = new AuthorizationPolicyBuilder().RequireAccessGroup(IdentityRig.Finance).Build();
        (await authorization.AuthorizeAsync(connected, policy)).Succeeded.ShouldBeTrue();

        host.Identities.TellGroups("[]");
        host.Clock.Advance(TimeSpan.FromMinutes(5));

        (await authorization.AuthorizeAsync(connected, policy)).Succeeded.ShouldBeFalse();
    }

    [Fact]
    public async Task Two_different_callers_in_one_request_are_asked_about_neither()
    {
        await using var host = await IdentityRig.StartAsync();
        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        var alice = (await host.PrincipalAsync(host.Minter.MintPerson())).ShouldNotBeNull();
        var bob = (await host.PrincipalAsync(host.MintFor("bob@example.com"))).ShouldNotBeNull();
        var both = new ClaimsPrincipal([(ClaimsIdentity)alice.Identity!, (ClaimsIdentity)bob.Identity!]);
        var authorization = host.Services.GetRequiredService<IAuthorizationService>();
        var policy = new AuthorizationPolicyBuilder().RequireAccessGroup(IdentityRig.Finance).Build();

        (await authorization.AuthorizeAsync(both, policy)).Succeeded.ShouldBeFalse();
        (await both.GetAccessIdentityAsync()).ShouldBeNull();
        host.Identities.Count.ShouldBe(0);
    }

    private static async Task<IResult> DecideAsync(HttpContext context, object? resource)
    {
        var authorization = context.RequestServices.GetRequiredService<IAuthorizationService>();
        var policy = new AuthorizationPolicyBuilder().RequireAccessGroup(IdentityRig.Finance).Build();
        return (await authorization.AuthorizeAsync(context.User, resource, policy)).Succeeded ? Results.Text("in") : Results.Forbid();
    }

    private sealed class Refusal : AuthorizationHandler<Refusal>, IAuthorizationRequirement
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Refusal requirement)
        {
            context.Fail();
            return Task.CompletedTask;
        }
    }

    private sealed class Exception : IAuthorizationRequirement;

    /// <summary>Lets everybody in where there is an exception, whatever else is asked.</summary>
    private sealed class LetIn : IAuthorizationHandler
    {
        public Task HandleAsync(AuthorizationHandlerContext context)
        {
            if (context.Requirements.OfType<Exception>().Any())
            {
                context.PendingRequirements.ToList().ForEach(context.Succeed);
            }

            return Task.CompletedTask;
        }
    }
}
