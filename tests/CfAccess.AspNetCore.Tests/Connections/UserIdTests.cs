using System.IO.Pipelines;
using System.Security.Claims;
using CfAccess.Testing;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CfAccess.AspNetCore.Tests.Connections;

/// <summary>An id stands for one caller only, of one team only, and nobody's id is empty.</summary>
public sealed class UserIdTests
{
    [Fact]
    public async Task A_person_is_the_team_and_the_subject()
    {
        await using var host = await AccessHost.StartAsync();

        var person = await host.PrincipalAsync(host.Minter.MintPerson());

        person!.GetAccessUserId().ShouldBe($"{TestTeam.Issuer}/users/{TestTeam.Subject}");
    }

    [Fact]
    public async Task A_service_is_the_team_and_the_client_id()
    {
        await using var host = await AccessHost.StartAsync();

        var service = await host.PrincipalAsync(host.Minter.MintService());

        service!.GetAccessUserId().ShouldBe($"{TestTeam.Issuer}/services/{TestTeam.ClientId}");
    }

    [Fact]
    public async Task Nobody_of_another_kind_or_team_has_the_same_id()
    {
        await using var host = await AccessHost.StartAsync(options =>
        {
            (options.TeamDomain, options.Audiences) = (null, []);
            options.Teams =
            [
                new() { TeamDomain = "acme", Audiences = [TestTeam.Audience] },
                new() { TeamDomain = "partner", Audiences = [TestTeam.PartnerAudience] },
            ];
        });
        Action<System.Text.Json.Nodes.JsonObject> ofPartner = payload =>
        {
            payload["iss"] = TestTeam.PartnerIssuer;
            payload["aud"] = new System.Text.Json.Nodes.JsonArray(TestTeam.PartnerAudience);
        };
        string[] tokens =
        [
            host.Minter.MintPerson(),
            host.Minter.MintPerson(ofPartner),
            host.Minter.MintService(payload => payload["common_name"] = TestTeam.Subject),
            host.Minter.MintService(payload =>
            {
                ofPartner(payload);
                payload["common_name"] = TestTeam.Subject;
            }),
        ];

        var ids = new List<string?>();
        foreach (var token in tokens)
        {
            ids.Add((await host.PrincipalAsync(token))!.GetAccessUserId());
        }

        ids.ShouldAllBe(id => !string.IsNullOrEmpty(id));
        ids.ShouldBeUnique();
    }

    [Fact]
    public async Task A_person_without_a_subject_has_none()
    {
        await using var host = await AccessHost.StartAsync();

        (await host.PrincipalAsync(host.Minter.MintPerson(payload => payload["sub"] = string.Empty)))!.GetAccessUserId().ShouldBeNull();
    }

    [Fact]
    public void A_caller_of_another_scheme_has_none() => Other().GetAccessUserId().ShouldBeNull();

    [Fact]
    public async Task SignalR_takes_that_id_in_place_of_its_own()
    {
        await using var host = await AccessHost.StartAsync(
            build: builder => builder.Services.AddSignalR().AddCloudflareAccessUserIdProvider());
        var person = await host.PrincipalAsync(host.Minter.MintPerson());
        var provider = host.Services.GetServices<IUserIdProvider>().ShouldHaveSingleItem();

        provider.GetUserId(Connection(person!)).ShouldBe($"{TestTeam.Issuer}/users/{TestTeam.Subject}");
        provider.GetUserId(Connection(Other())).ShouldBeNull();
    }

    private static ClaimsPrincipal Other() => new(new ClaimsIdentity(
    [
        new("iss", TestTeam.Issuer),
        new("sub", TestTeam.Subject),
        new(ClaimTypes.NameIdentifier, $"{TestTeam.Issuer}/users/{TestTeam.Subject}"),
    ], "another"));

    private static HubConnectionContext Connection(ClaimsPrincipal user)
    {
        var pipe = new Pipe();
        var connection = new DefaultConnectionContext("one", new Duplex(pipe.Reader, pipe.Writer), new Duplex(pipe.Reader, pipe.Writer));
        connection.Features.Set<IConnectionUserFeature>(new UserFeature { User = user });
        return new HubConnectionContext(connection, new HubConnectionContextOptions(), NullLoggerFactory.Instance);
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class UserFeature : IConnectionUserFeature
    {
        public ClaimsPrincipal? User { get; set; }
    }
}
