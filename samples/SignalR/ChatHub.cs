using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace SignalR;

[Authorize]
internal sealed class ChatHub : Hub
{
    private string Who => Context.User?.GetAccessEmail() ?? Context.User?.GetAccessServiceToken() ?? "?";

    /// <summary>To everybody.</summary>
    public Task Say(string text) => Clients.All.SendAsync("said", Who, text);

    /// <summary>To every browser that the caller is logged in with, and to nobody else.</summary>
    public Task Note(string text) => Context.UserIdentifier is { } caller
        ? Clients.User(caller).SendAsync("noted", text)
        : throw new HubException("Your token does not tell who you are.");
}
