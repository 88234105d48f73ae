using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Documentation.Tests;

public static class Connecting
{
    public static void AddLongConnections(this IServiceCollection services) => services.AddSignalR().AddCloudflareAccessUserIdProvider();

    public static void MapLongConnections(this WebApplication app)
    {
        app.UseWebSockets();
        app.MapHub<ChatHub>("/chat", hub => hub.CloseOnAuthenticationExpiration = true).RequireAccessSameOrigin();
        app.Map("/socket", EchoAsync).RequireAuthorization().RequireAccessSameOrigin();
        app.MapGet("/events", (HttpContext context, TimeProvider clock) =>
            TypedResults.ServerSentEvents(TicksAsync(clock, context.GetAccessExpirationToken()))).RequireAuthorization();
    }

    private static async Task EchoAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var ended = context.GetAccessExpirationToken();
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), ended) is { MessageType: not WebSocketMessageType.Close } received)
            {
                await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, ended);
            }

            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, ended);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The token has ended or the client is gone, and the socket is aborted. Who comes again needs a new token.
        }
    }

    private static async IAsyncEnumerable<string> TicksAsync(TimeProvider clock, [EnumeratorCancellation] CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            yield return clock.GetUtcNow().ToString("O");
            await Task.Delay(TimeSpan.FromSeconds(1), clock, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

[Authorize]
public sealed class ChatHub : Hub
{
    public Task Tell(string userId, string text) => Clients.User(userId).SendAsync("told", Context.User?.GetAccessEmail(), text);
}
