using System.Net;
using System.Net.WebSockets;
using System.Text;
using CfAccess.AspNetCore;
using CfAccess.Testing;
using Microsoft.Extensions.Logging;

namespace CfAccess.Documentation.Tests;

/// <summary>The sockets and streams of the page about long connections end as the page says.</summary>
public sealed class ConnectingTests
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_socket_echoes_until_the_token_ends()
    {
        await using var host = await StartAsync();
        using var socket = await OpenAsync(host);
        (await EchoAsync(socket)).ShouldBe("hello");

        host.Clock.Advance(Life + Skew - TimeSpan.FromSeconds(1));
        (await EchoAsync(socket)).ShouldBe("hello");
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        await Should.ThrowAsync<WebSocketException>(() => ReceiveAsync(socket));
        socket.State.ShouldBe(WebSocketState.Aborted);
        host.Log.Entries.ShouldNotContain(entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task A_socket_that_the_client_closes_is_closed()
    {
        await using var host = await StartAsync();
        using var socket = await OpenAsync(host);

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);

        socket.State.ShouldBe(WebSocketState.Closed);
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
    }

    [Fact]
    public async Task A_request_that_is_no_handshake_is_answered_400()
    {
        await using var host = await StartAsync();

        (await host.StatusAsync(host.Minter.MintPerson(), "/socket")).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Events_stop_when_the_token_ends()
    {
        await using var host = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/events");
        request.Headers.Add(CloudflareAccessDefaults.AssertionHeader, host.Minter.MintPerson());
        var ticks = new Signal();
        host.Clock.OnTimer = due =>
        {
            if (due == TimeSpan.FromSeconds(1))
            {
                ticks.Raise();
            }
        };
        using var response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await ticks.ReachedAsync(1);

        host.Clock.Advance(Life + Skew);

        // It ends by itself and in good order: the body is whole.
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken).WithDeadlineAsync())
            .ShouldStartWith($"data: {TestClock.DefaultStart:O}");
    }

    private static Task<AccessHost> StartAsync() => AccessHost.StartAsync(
        build: builder => builder.Services.AddLongConnections(), map: app => app.MapLongConnections(), listens: true);

    private static async Task<WebSocket> OpenAsync(AccessHost host)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader(CloudflareAccessDefaults.AssertionHeader, host.Minter.MintPerson());
        await socket.ConnectAsync(
            new UriBuilder(host.Client.BaseAddress!) { Scheme = "ws", Path = "/socket" }.Uri, TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task<string> EchoAsync(WebSocket socket)
    {
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        return await ReceiveAsync(socket);
    }

    private static async Task<string> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[100];
        var received = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken).WithDeadlineAsync();
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }
}
