using System.Net;
using System.Security.Claims;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Authorization;

/// <summary>A demand that nobody can meet is an error at start and not a 403 without an explanation.</summary>
public sealed class UnmeetableDemandTests
{
    private const string NoGroups = "Authentication:Schemes:CloudflareAccess:GroupsClaim";

    [Theory]
    [InlineData("group")]
    [InlineData("group id")]
    [InlineData("attribute")]
    [InlineData("policy name")]
    [InlineData("hub method")]
    [InlineData("default policy")]
    [InlineData("fallback policy")]
    public async Task A_group_requirement_without_a_source_of_groups_stops_the_application(string demand)
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(demand));

        failure.Message.ShouldContain(NoGroups);
        failure.Message.ShouldContain("GroupsFromIdentity");
    }

    [Fact]
    public async Task A_group_requirement_of_a_team_without_groups_stops_the_application_although_another_team_has_groups()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => AccessHost.StartAsync(
            TwoTeams, map: app => app.MapGet("/it", [RequireAccessGroup("finance", Team = "partner")] () => "in")));

        failure.Message.ShouldContain("team https://partner.cloudflareaccess.com");
        failure.Message.ShouldContain("Authentication:Schemes:CloudflareAccess:Teams:1:GroupsClaim");
        await using var host = await AccessHost.StartAsync(
            TwoTeams, map: app => app.MapGet("/it", [RequireAccessGroup("finance", Team = "acme")] () => "in"));
    }

    [Theory]
    [InlineData("GroupsClaim")]
    [InlineData("GroupsFromIdentity")]
    [InlineData("transformation")]
    [InlineData("event")]
    [InlineData("events type")]
    public async Task An_application_with_a_source_of_groups_starts(string source)
    {
        await using var host = await StartAsync(
            "attribute",
            options =>
            {
                options.GroupsClaim = source == "GroupsClaim" ? "groups" : null;
                options.GroupsFromIdentity = source == "GroupsFromIdentity";
                options.EventsType = source == "events type" ? typeof(CloudflareAccessEvents) : null;
                options.Events.OnTokenValidated = source == "event" ? _ => Task.CompletedTask : options.Events.OnTokenValidated;
            },
            services =>
            {
                services.AddScoped<CloudflareAccessEvents>();
                if (source == "transformation")
                {
                    services.AddScoped<IClaimsTransformation, Transformation>();
                }
            });

        (await host.StatusAsync(null, "/it")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(TestTeam.OtherAudience, null)]
    [InlineData(TestTeam.PartnerAudience, "acme")]
    public async Task An_audience_that_no_scheme_lists_stops_the_application(string audience, string? team)
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => AccessHost.StartAsync(
            options =>
            {
                if (team is not null)
                {
                    TwoTeams(options);
                }
            },
            map: app => app.MapGet("/it", () => "in").RequireAccessAudience([audience, TestTeam.Audience], team)));

        failure.Message.ShouldContain($"audience '{audience}'");
        failure.Message.ShouldContain("Audiences");
    }

    [Theory]
    [InlineData("acmee")]
    [InlineData("https://access.example.com")]
    public async Task A_team_that_is_not_configured_stops_the_application(string team)
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => AccessHost.StartAsync(
            map: app => app.MapGet("/it", () => "in").RequireAuthorization(policy => policy.RequireAccessUser(team))));

        failure.Message.ShouldContain("is not configured");
        failure.Message.ShouldContain("https://acme.cloudflareaccess.com");
    }

    [Fact]
    public async Task A_role_demand_without_a_source_of_groups_is_a_warning()
    {
        await using var host = await StartAsync("role");

        host.Log.Named("RolesWithoutGroups").ShouldHaveSingleItem().Message.ShouldContain("'HTTP: GET /it'");
    }

    [Theory]
    [InlineData("transformation")]
    [InlineData("GroupsClaim")]
    [InlineData("another scheme")]
    public async Task A_role_demand_that_somebody_can_meet_is_no_warning(string source)
    {
        await using var host = await StartAsync(
            "role",
            options => options.GroupsClaim = source == "GroupsClaim" ? "groups" : null,
            services =>
            {
                if (source == "transformation")
                {
                    services.AddScoped<IClaimsTransformation, Transformation>();
                }
                else if (source == "another scheme")
                {
                    services.AddAuthentication("Cookies").AddCookie();
                }
            });

        host.Log.Named("RolesWithoutGroups").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("cookies as default")]
    [InlineData("Identity-like defaults")]
    [InlineData("JwtBearer as default")]
    [InlineData("cookies by name")]
    public async Task An_Access_requirement_behind_other_schemes_only_is_a_warning(string setup)
    {
        await using var host = await StartBehindAsync(setup);

        var warning = host.Log.Named("AccessSchemeNotAsked").ShouldHaveSingleItem();
        warning.Message.ShouldContain("'HTTP: GET /it'");
        warning.Message.ShouldContain("AuthenticationSchemes");
    }

    [Theory]
    [InlineData("our scheme as default")]
    [InlineData("our scheme by name")]
    [InlineData("policy scheme")]
    [InlineData("cookies that forward")]
    public async Task An_Access_requirement_that_our_scheme_can_serve_is_no_warning(string setup)
    {
        await using var host = await StartBehindAsync(setup);

        host.Log.Named("AccessSchemeNotAsked").ShouldBeEmpty();
    }

    private static Task<AccessHost> StartBehindAsync(string setup) => AccessHost.StartAsync(
        build: builder => _ = setup switch
        {
            "cookies as default" or "our scheme by name" => builder.Services.AddAuthentication("Cookies").AddCookie(),
            "Identity-like defaults" => builder.Services.AddAuthentication(options =>
            {
                options.DefaultAuthenticateScheme = "Identity.Application";
                options.DefaultChallengeScheme = "Identity.Application";
            }).AddCookie("Identity.Application"),
            "JwtBearer as default" => builder.Services.AddAuthentication("Bearer").AddJwtBearer(options => options.Authority = "https://idp.example"),
            "cookies by name" => builder.Services.AddAuthentication().AddCookie(),
            "policy scheme" => builder.Services.AddAuthentication("Smart").AddCookie().AddPolicyScheme("Smart", null, options =>
                options.ForwardDefaultSelector = _ => CloudflareAccessDefaults.AuthenticationScheme),
            "cookies that forward" => builder.Services.AddAuthentication("Cookies").AddCookie(options =>
                options.ForwardDefaultSelector = context => context.Request.Headers.ContainsKey("x") ? null : CloudflareAccessDefaults.AuthenticationScheme),
            _ => builder.Services.AddAuthentication(),
        },
        map: app => app.MapGet("/it", () => "in").RequireAuthorization(new RequireAccessUserAttribute
        {
            AuthenticationSchemes = setup switch
            {
                "cookies by name" => "Cookies",
                "our scheme by name" => $"Cookies, {CloudflareAccessDefaults.AuthenticationScheme}",
                _ => null,
            },
        }));

    private static Task<AccessHost> StartAsync(
        string demand, Action<CloudflareAccessOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var group = new AuthorizationPolicyBuilder().RequireAccessGroup("finance").Build();
        return AccessHost.StartAsync(
            configure,
            builder =>
            {
                builder.Services.AddSignalR();
                builder.Services.AddAuthorization(options =>
                {
                    options.DefaultPolicy = demand == "default policy" ? group : options.DefaultPolicy;
                    options.FallbackPolicy = demand == "fallback policy" ? group : null;
                });
                services?.Invoke(builder.Services);
            },
            app => _ = demand switch
            {
                "group" => app.MapGet("/it", () => "in").RequireAuthorization(group),
                "group id" => app.MapGet("/it", () => "in").RequireAuthorization(policy => policy.RequireAccessGroupId("1")),
                "attribute" => app.MapGet("/it", [RequireAccessGroup("finance")] () => "in"),
                "policy name" => app.MapGet("/it", () => "in").RequireAuthorization("CloudflareAccess:Group:finance"),
                "hub method" => (IEndpointConventionBuilder)app.MapHub<FinanceHub>("/hub"),
                "role" => app.MapGet("/it", [Authorize(Roles = "finance")] () => "in"),
                _ => app.MapGet("/it", () => "in"),
            });
    }

    private static void TwoTeams(CloudflareAccessOptions options)
    {
        (options.TeamDomain, options.Audiences) = (null, []);
        options.Teams =
        [
            new() { TeamDomain = "acme", Audiences = [TestTeam.Audience], GroupsClaim = "groups" },
            new() { TeamDomain = "partner", Audiences = [TestTeam.PartnerAudience] },
        ];
    }

    private sealed class FinanceHub : Hub
    {
        [RequireAccessGroup("finance")]
#pragma warning disable CA1822 // A hub method is called on an instance.
        public string Read() => "in";
#pragma warning restore CA1822
    }

    private sealed class Transformation : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal) => Task.FromResult(principal);
    }
}
