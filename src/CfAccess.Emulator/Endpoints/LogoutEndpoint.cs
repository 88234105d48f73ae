using CfAccess.Emulator.Edge;
using CfAccess.Emulator.Pages;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Endpoints;

/// <summary>The logout: ends the session at once and says so.</summary>
internal sealed class LogoutEndpoint(AccessEmulator emulator)
{
    public Task AnswerAsync(HttpContext context)
    {
        foreach (var token in SessionCookie.Values(context.Request.Headers.Cookie))
        {
            emulator.Sessions.End(token);
        }

        SessionCookie.Delete(context);
        return Answers.PageAsync(context, StatusCodes.Status200OK, MessagePage.LoggedOut());
    }
}
