using System.Net;
using System.Net.WebSockets;
using CfAccess.AspNetCore;
using CfAccess.Documentation.Tests;
using CfAccess.Emulator;
using CfAccess.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.EndToEnd.Tests.SignalR;

/// <summary>
/// The hub of the page about long connections, on a socket, with the real client. SignalR looks at the real clock, and so does this class alone.
/// </summary>
public sealed class ConnectionTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly AccessEmulator _emulator = new(new() { Output = TextWriter.Null, Edge = false });
    private TestApp _app = null!;

    private Uri Hub => new(_app.Address, "/chat");

    private string Origin => Hub.GetLeftPart(UriPartial.Authority);

    private IHubContext<ChatHub> Hubs => _app.Services.GetRequiredService<IHubContext<ChatHub>>();

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync(
            builder =>
            {
                builder.WebHost.UseCloudflareAccessEmulator(_emulator);
                builder.Services.AddSingleton(TimeProvider.System);
                builder.Services.AddCloudflareAccess();
                builder.Services.AddLongConnections();
            },
            app => app.MapLongConnections(),
            listens: true,
            environment: "Development");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _emulator.Dispose();
    }

    [Theory]
    [InlineData("WebSockets")]
    [InlineData("ServerSentEvents")]
    [InlineData("LongPolling")]
    public async Task A_connection_ends_with_the_token_and_a_fresh_one_opens_another(string transport)
    {
        await using var client = await HubClient.StartAsync(Hub, transport);

        // What a first request costs must not eat up the token's life.
        (await HandshakeAsync("/chat", Origin)).ShouldBe(HttpStatusCode.SwitchingProtocols);
        var end = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 5;

        (await client.ConnectAsync(Alice(end))).ShouldBe("connected");
        (await client.NextAsync()).ShouldStartWith("closed");
        TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ShouldBeGreaterThanOrEqualTo(end);

        (await client.ConnectAsync(Alice())).ShouldBe("connected");
        await Hubs.Clients.User(IdOf(Alice())).SendAsync("told", "the server", "welcome back");
        (await client.NextAsync()).ShouldBe("told the server: welcome back");
    }

    [Fact]
    public async Task Each_user_is_told_what_is_for_it_alone()
    {
        await using var alice = await HubClient.StartAsync(Hub, "WebSockets");
        await using var bob = await HubClient.StartAsync(Hub, "WebSockets");
        await using var service = await HubClient.StartAsync(Hub, "WebSockets");
        var ofBob = _emulator.MintPersonToken("bob@example.com");
        var ofService = _emulator.MintServiceToken(AccessEmulatorDefaults.ServiceTokenClientId);
        (await alice.ConnectAsync(Alice())).ShouldBe("connected");
        (await bob.ConnectAsync(ofBob)).ShouldBe("connected");
        (await service.ConnectAsync(ofService)).ShouldBe("connected");

        foreach (var (token, text) in ((string, string)[])[(Alice(), "for alice"), (ofService, "for the service"), (ofBob, "for bob")])
        {
            await Hubs.Clients.User(IdOf(token)).SendAsync("told", "the server", text);
        }

        // Each tells the first thing that it was told.
        (await alice.NextAsync()).ShouldBe("told the server: for alice");
        (await service.NextAsync()).ShouldBe("told the server: for the service");
        (await bob.NextAsync()).ShouldBe("told the server: for bob");
    }

    [Theory]
    [InlineData("WebSockets", true)]
    [InlineData("WebSockets", false)]
    [InlineData("ServerSentEvents", false)]
    [InlineData("LongPolling", false)]
    public async Task A_page_of_another_origin_opens_no_connection(string transport, bool skipNegotiation)
    {
        await using var own = await HubClient.StartAsync(Hub, transport, skipNegotiation, Origin);
        await using var foreign = await HubClient.StartAsync(Hub, transport, skipNegotiation, "https://evil.example");

        (await own.ConnectAsync(Alice())).ShouldBe("connected");
        _app.Log.Named("ForeignPageRefused").ShouldBeEmpty();
        (await foreign.ConnectAsync(Alice())).ShouldStartWith("refused");
        _app.Log.Named("ForeignPageRefused").ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("/chat")]
    [InlineData("/socket")]
    public async Task A_handshake_of_another_origin_is_answered_403(string path)
    {
        (await HandshakeAsync(path, Origin)).ShouldBe(HttpStatusCode.SwitchingProtocols);
        (await HandshakeAsync(path, origin: null)).ShouldBe(HttpStatusCode.SwitchingProtocols);
        (await HandshakeAsync(path, "https://evil.example")).ShouldBe(HttpStatusCode.Forbidden);
        (await HandshakeAsync(path, "null")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("garbage")]
    public async Task Without_a_good_token_there_is_no_connection(string? token)
    {
        await using var client = await HubClient.StartAsync(Hub, "WebSockets");

        var answer = await client.ConnectAsync(token);

        answer.ShouldStartWith("refused");
        answer.ShouldContain("401");
    }

    private string Alice(long? end = null) => _emulator.MintPersonToken(
        "alice@example.com", draft => draft.Payload["exp"] = end ?? TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds());

    private string IdOf(string token)
    {
        var payload = new System.IdentityModel.Tokens.Jwt.JwtSecurityTokenHandler().ReadJwtToken(token).Payload;
        return payload.TryGetValue("common_name", out var clientId)
            ? $"{_emulator.Issuer}/services/{clientId}"
            : $"{_emulator.Issuer}/users/{payload.Sub}";
    }

    private async Task<HttpStatusCode> HandshakeAsync(string path, string? origin)
    {
        using var socket = new ClientWebSocket();
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader(CloudflareAccessDefaults.AssertionHeader, Alice());
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        try
        {
            await socket.ConnectAsync(new UriBuilder(Hub) { Scheme = "ws", Path = path }.Uri, patience.Token);
        }
        catch (WebSocketException)
        {
            // The status tells why.
        }

        return socket.HttpStatusCode;
    }
}
