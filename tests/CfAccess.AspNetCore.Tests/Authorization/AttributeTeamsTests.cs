using System.Text.Json.Nodes;
using CfAccess.AspNetCore.Tests.Authorization.Places;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Authorization;

/// <summary>With several teams an attribute names one, also where the framework reads only the name of its policy.</summary>
public sealed class AttributeTeamsTests
{
    private static readonly string[] Callers = [TestTeam.Issuer, TestTeam.PartnerIssuer];

    [Fact]
    public async Task A_hub_method_allows_the_group_of_the_named_team_only()
    {
        await using var host = await StartAsync(app => app.MapHub<TeamHub>("/hub"));

        (await Task.WhenAll(Callers.Select(issuer => InvokeAsync(host, Member(host, issuer))))).ShouldBe([true, false]);
    }

    [Fact]
    public async Task A_component_shows_the_group_of_the_named_team_only()
    {
        await using var host = await StartAsync(_ => { });
        List<string> shown = [];
        foreach (var issuer in Callers)
        {
            var user = await host.PrincipalAsync(Member(host, issuer));
            shown.Add(await Rendering.ViewAsync(host.Services, user!, CloudflareAccessPolicy.Group([TestTeam.Group], "acme")));
        }

        shown.ShouldBe(["in", "out"]);
    }

    [Fact]
    public async Task A_hub_method_without_a_team_stops_the_application()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(app => app.MapHub<MethodHub>("/hub")));

        failure.Message.ShouldContain("'MethodHub.Read' and 2 more");
        failure.Message.ShouldContain("names no team");
    }

    private static Task<AccessHost> StartAsync(Action<WebApplication> map) => AccessHost.StartAsync(
        options =>
        {
            (options.TeamDomain, options.Audiences) = (null, []);
            options.Teams =
            [
                new() { TeamDomain = "acme", Audiences = [TestTeam.Audience], GroupsClaim = "groups" },
                new() { TeamDomain = "partner", Audiences = [TestTeam.Audience], GroupsClaim = "groups" },
            ];
        },
        builder =>
        {
            builder.Services.AddSignalR();
            builder.Services.AddRazorComponents();
        },
        map);

    private static string Member(AccessHost host, string issuer) => host.Minter.MintPerson(payload =>
        (payload["iss"], payload["custom"]) = (issuer, new JsonObject { ["groups"] = new JsonArray(TestTeam.Group) }));

    private static async Task<bool> InvokeAsync(AccessHost host, string token)
    {
        await using var connection = new HubConnectionBuilder()
            .WithUrl("http://localhost/hub", options =>
            {
                options.HttpMessageHandlerFactory = _ => host.Server.CreateHandler();
                options.Transports = HttpTransportType.LongPolling;
                options.Headers[CloudflareAccessDefaults.AssertionHeader] = token;
            })
            .Build();
        await connection.StartAsync();
        try
        {
            return await connection.InvokeAsync<string>(nameof(TeamHub.Read)) == "in";
        }
        catch (HubException)
        {
            return false;
        }
    }

    private sealed class TeamHub : Hub
    {
#pragma warning disable CA1822 // A hub method is called on an instance.
        [RequireAccessGroup(TestTeam.Group, Team = "acme")]
        public string Read() => "in";
#pragma warning restore CA1822
    }
}
