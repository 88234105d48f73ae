using System.Net;
using System.Security.Claims;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Tests.Diagnostics;

/// <summary>
/// The log says why the response is 403 at the levels of the project templates, which hide what the framework itself says about it.
/// </summary>
public sealed class FailedRequirementTests
{
    private static readonly string[] Policies = ["group", "role", "service", "own", "both", "failed"];

    [Theory]
    [InlineData("/group", "'a person in group platform'")]
    [InlineData("/role", "(admins)")]
    [InlineData("/service", "'a listed service token'")]
    [InlineData("/own", "'OwnRequirement'")]
    [InlineData("/both", "'a person in group platform', 'OwnRequirement'")]
    [InlineData("/failed", "FailingHandler")]
    [InlineData("/imperative", "'a person in group platform'")]
    [InlineData("/forbid", "no requirement failed")]
    public async Task A_403_is_logged_once_with_the_failed_requirement_and_without_a_claim_value(string path, string named)
    {
        await using var host = await StartAsync();

        (await host.StatusAsync(host.Minter.MintPerson(), path)).ShouldBe(HttpStatusCode.Forbidden);

        var entry = host.Log.Named("RequirementNotMet").ShouldHaveSingleItem();
        (entry.Category, entry.Level).ShouldBe(("CfAccess.Authorization", LogLevel.Information));
        entry.Message.ShouldContain(named, Case.Sensitive);
        entry.Message.ShouldNotContain("alice", Case.Insensitive);
        entry.Message.ShouldNotContain("secret of the requirement");
        entry.Message.ShouldNotContain("deploy.access");
    }

    [Theory]
    [InlineData("/me", HttpStatusCode.OK)]
    [InlineData("/hidden", HttpStatusCode.OK)]
    public async Task A_requirement_that_causes_no_403_is_not_logged(string path, HttpStatusCode status)
    {
        await using var host = await StartAsync();

        (await host.StatusAsync(host.Minter.MintPerson(), path)).ShouldBe(status);
        (await host.StatusAsync(token: null, "/group")).ShouldBe(HttpStatusCode.Unauthorized);

        host.Log.Named("RequirementNotMet").ShouldBeEmpty();
    }

    private static Task<AccessHost> StartAsync() => AccessHost.StartAsync(
        options => options.GroupsClaim = "groups",
        builder =>
        {
            builder.Services.AddSingleton<IAuthorizationHandler, FailingHandler>();
            builder.Services.AddAuthorizationBuilder()
                .AddPolicy("group", policy => policy.RequireAccessGroup("platform"))
                .AddPolicy("role", policy => policy.RequireRole("admins"))
                .AddPolicy("service", policy => policy.RequireAccessServiceToken("deploy.access"))
                .AddPolicy("own", policy => policy.AddRequirements(new OwnRequirement()))
                .AddPolicy("both", policy => policy.RequireAccessGroup("platform").AddRequirements(new OwnRequirement()))
                .AddPolicy("failed", policy => policy.RequireAuthenticatedUser().AddRequirements(new FailingHandler.Requirement()));
        },
        app =>
        {
            foreach (var policy in Policies)
            {
                app.MapGet($"/{policy}", () => "inside").RequireAuthorization(policy);
            }

            app.MapGet("/imperative", async (ClaimsPrincipal user, IAuthorizationService authorization) =>
                (await authorization.AuthorizeAsync(user, new object(), "group")).Succeeded ? Results.Text("inside") : Results.Forbid());
            app.MapGet("/hidden", async (ClaimsPrincipal user, IAuthorizationService authorization) =>
                (await authorization.AuthorizeAsync(user, "group")).Succeeded ? "shown" : "hidden").RequireAuthorization();
            app.MapGet("/forbid", (HttpContext context) => context.ForbidAsync()).RequireAuthorization();
        });

    private sealed class OwnRequirement : IAuthorizationRequirement
    {
        public override string ToString() => "secret of the requirement";
    }

    private sealed class FailingHandler : AuthorizationHandler<FailingHandler.Requirement>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Requirement requirement)
        {
            context.Succeed(requirement);
            context.Fail(new AuthorizationFailureReason(this, $"{context.User.Identity?.Name} may not."));
            return Task.CompletedTask;
        }

        public sealed class Requirement : IAuthorizationRequirement;
    }
}
