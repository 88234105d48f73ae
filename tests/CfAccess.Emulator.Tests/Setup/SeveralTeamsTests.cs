using CfAccess.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Emulator.Tests.Setup;

/// <summary>The emulator is one team. What is wrong with several teams in production is wrong in Development too.</summary>
public sealed class SeveralTeamsTests
{
    [Fact]
    public async Task A_requirement_that_names_no_team_stops_the_application_as_in_production()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(
            app => app.MapGet("/it", [RequireAccessUser] () => "in"), groups: false));

        failure.Message.ShouldContain("names no team, but the application trusts several");
    }

    [Fact]
    public async Task A_role_that_two_teams_create_stops_the_application_as_in_production()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(
            app => app.MapGet("/it", [Authorize(Roles = "finance")] () => "in"), groups: true));

        failure.Message.ShouldContain("more than one team creates roles");
    }

    [Fact]
    public async Task Requirements_that_name_configured_teams_start()
    {
        await using var app = await StartAsync(
            app =>
            {
                app.MapGet("/acme", [RequireAccessGroup("finance", Team = "acme")] () => "in");
                app.MapGet("/partner", [RequireAccessUser(Team = "partner")] () => "in");
            },
            groups: true);
    }

    [Fact]
    public async Task A_requirement_of_a_team_that_is_not_configured_stops_the_application()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(
            app => app.MapGet("/it", [RequireAccessUser(Team = "acmee")] () => "in"), groups: false));

        failure.Message.ShouldContain("is not configured");
    }

    private static Task<EmulatedApp> StartAsync(Action<WebApplication> map, bool groups) => EmulatedApp.StartAsync(
        build: builder => builder.Services.AddCloudflareAccess(options => options.Teams =
        [
            new() { TeamDomain = "acme", Audiences = [AccessEmulatorDefaults.Audience], GroupsClaim = groups ? "groups" : null },
            new() { TeamDomain = "partner", Audiences = ["tag"], GroupsClaim = groups ? "groups" : null },
        ]),
        map: map);
}
