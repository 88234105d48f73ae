using System.Security.Claims;
using Microsoft.AspNetCore.SignalR;

namespace CfAccess.AspNetCore.Connections;

/// <summary>
/// Whom SignalR takes for one user. Its default takes the claim <c>ClaimTypes.NameIdentifier</c>, which a caller of Access does not have.
/// </summary>
internal sealed class AccessUserIdProvider : IUserIdProvider
{
    public string? GetUserId(HubConnectionContext connection) => connection.User.GetAccessUserId();
}
