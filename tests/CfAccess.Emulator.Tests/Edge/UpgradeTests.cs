using System.Net;
using System.Net.WebSockets;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Emulator.Tests.Edge;

/// <summary>What is more than a request and its answer passes the edge too: WebSockets, and SignalR, spoken here as it is on the wire.</summary>
public sealed class UpgradeTests : IAsyncLifetime
{
    private const char EndOfMessage = '\u001e';
    private EmulatedApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await EmulatedApp.StartAsync(
        build: builder =>
        {
            builder.Services.AddCloudflareAccess();
            builder.Services.AddSignalR();
        },
        map: app =>
        {
            app.UseWebSockets();
            app.MapHub<WhoHub>("/hub").RequireAuthorization();
            app.Map("/socket", EchoAsync).RequireAuthorization();
        });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_web_socket_knows_its_person()
    {
        using var socket = await ConnectAsync("/socket", _app.Emulator.LogIn("alice@example.com").Token);

        (await AskAsync(socket, "hello")).ShouldBe("alice@example.com says hello");
    }

    [Fact]
    public async Task A_web_socket_of_nobody_is_not_opened() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => ConnectAsync("/socket", token: null))).Message.ShouldContain("302");

    [Fact]
    public async Task A_hub_knows_its_person()
    {
        var token = _app.Emulator.LogIn("alice@example.com").Token;
        using var client = _app.Server.CreateClient();
        client.DefaultRequestHeaders.Add("Cookie", $"CF_Authorization={token}");
        using var negotiated = await client.PostAsync("/hub/negotiate?negotiateVersion=1", null, TestContext.Current.CancellationToken);
        var answer = JsonSerializer.Deserialize<JsonElement>(await negotiated.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        using var socket = await ConnectAsync($"/hub?id={answer.GetProperty("connectionToken").GetString()}", token);

        (await AskAsync(socket, """{"protocol":"json","version":1}""" + EndOfMessage)).ShouldBe("{}" + EndOfMessage);
        (await AskAsync(socket, """{"type":1,"invocationId":"1","target":"Who","arguments":[]}""" + EndOfMessage))
            .ShouldContain("\"result\":\"alice@example.com\"");
    }

    [Fact]
    public async Task A_hub_sends_no_script_to_the_login()
    {
        using var client = _app.Server.CreateClient();
        client.DefaultRequestHeaders.Add("X-Requested-With", "XMLHttpRequest");

        using var response = await client.PostAsync("/hub/negotiate?negotiateVersion=1", null, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task<WebSocket> ConnectAsync(string path, string? token)
    {
        var client = _app.Server.CreateWebSocketClient();
        if (token is not null)
        {
            client.ConfigureRequest = request => request.Headers.Cookie = $"CF_Authorization={token}";
        }

        return await client.ConnectAsync(new Uri($"ws://localhost{path}"), TestContext.Current.CancellationToken);
    }

    private static async Task<string> AskAsync(WebSocket socket, string text)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        return await ReceiveAsync(socket, TestContext.Current.CancellationToken);
    }

    private static async Task<string> ReceiveAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var text = await ReceiveAsync(socket, context.RequestAborted);
        var answer = Encoding.UTF8.GetBytes($"{context.User.GetAccessEmail()} says {text}");
        await socket.SendAsync(answer, WebSocketMessageType.Text, true, context.RequestAborted);
    }

    [Authorize]
    private sealed class WhoHub : Hub
    {
        public string? Who() => Context.User?.GetAccessEmail();
    }
}
