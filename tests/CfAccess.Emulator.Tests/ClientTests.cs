using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Emulator.Tests;

/// <summary>Clients that come as somebody, with the edge before the app and without.</summary>
public sealed class ClientTests : IAsyncLifetime
{
    private const string Service = AccessEmulatorDefaults.ServiceTokenClientId;
    private EmulatedApp _withEdge = null!;
    private EmulatedApp _withoutEdge = null!;

    public async ValueTask InitializeAsync() =>
        (_withEdge, _withoutEdge) = (await StartAsync(edge: true), await StartAsync(edge: false));

    public async ValueTask DisposeAsync()
    {
        await _withEdge.DisposeAsync();
        await _withoutEdge.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_comes_as_whom_it_was_made_last(bool edge)
    {
        var app = edge ? _withEdge : _withoutEdge;
        using var client = app.Server.CreateClient();
        client.DefaultRequestHeaders.Add("Cookie", "theme=dark");

        (await WhoAsync(client.AsAccessUser(app.Emulator, "ALICE@example.com"))).ShouldBe("alice@example.com platform");
        (await WhoAsync(client.AsAccessUser(app.Emulator, "alice@example.com", groups: ["a", "b"]))).ShouldBe("alice@example.com a,b");
        (await WhoAsync(client.AsAccessService(app.Emulator, Service))).ShouldBe($"{Service} ");
        (await WhoAsync(client.AsAccessUser(app.Emulator, "eve@example.com", groups: []))).ShouldBe("eve@example.com ");
        client.DefaultRequestHeaders.GetValues("Cookie").ShouldContain("theme=dark");
    }

    [Fact]
    public async Task Clients_of_one_emulator_do_not_meet()
    {
        string[] emails = [.. Enumerable.Range(0, 40).Select(number => $"person{number}@example.com")];

        var seen = await Task.WhenAll(emails.Select(async email =>
        {
            using var client = _withEdge.Server.CreateClient().AsAccessUser(_withEdge.Emulator, email, groups: [email]);
            return await WhoAsync(client);
        }));

        seen.ShouldBe(emails.Select(email => $"{email} {email}"));
    }

    [Fact]
    public async Task A_person_can_be_anybody()
    {
        var person = new AccessEmulatorPerson { Email = "eve@example.com", Custom = new JsonObject { ["groups"] = new JsonArray("sales") } };
        using var client = _withEdge.Server.CreateClient().AsAccessUser(_withEdge.Emulator, person);

        (await WhoAsync(client)).ShouldBe("eve@example.com sales");
    }

    [Fact]
    public void Who_is_unknown_is_told_who_is_known()
    {
        using var client = _withEdge.Server.CreateClient();

        Should.Throw<ArgumentException>(() => client.AsAccessUser(_withEdge.Emulator, "alcie@example.com"))
            .Message.ShouldContain("it knows alice@example.com, bob@example.com");
        Should.Throw<ArgumentException>(() => client.AsAccessService(_withEdge.Emulator, "nobody.access"))
            .Message.ShouldContain($"it knows {Service}");
        Should.Throw<ArgumentException>(() => client.AsAccessUser(_withEdge.Emulator, "eve", groups: []))
            .Message.ShouldContain("Email has to be an e-mail address");
        client.DefaultRequestHeaders.ShouldBeEmpty();
    }

    private static Task<EmulatedApp> StartAsync(bool edge) => EmulatedApp.StartAsync(
        options => options.Edge = edge,
        builder => builder.Services.AddCloudflareAccess(options => options.GroupsClaim = "groups"),
        app => app.MapGet("/who", (ClaimsPrincipal user) =>
            $"{user.GetAccessEmail() ?? user.GetAccessServiceToken()} {string.Join(',', user.GetAccessGroups())}").RequireAuthorization());

    private static async Task<string> WhoAsync(HttpClient client)
    {
        using var response = await client.GetAsync("/who", TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
