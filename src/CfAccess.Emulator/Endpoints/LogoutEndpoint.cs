using CfAccess.Emulator.Edge;
using CfAccess.Emulator.Pages;
using CfAccess.Emulator.Sessions;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Endpoints;

/// <summary>The logout: ends the caller's sessions at once, in every browser, and says so.</summary>
internal sealed class LogoutEndpoint(AccessEmulator emulator)
{
    public Task AnswerAsync(HttpContext context)
    {
        if (!SameOrigin.Sent(context.Request))
        {
            return StateChange.RefuseAsync(context, "This logout was asked for by a page of another site. Open its address yourself.");
        }

        foreach (var who in SessionCookie.Values(context.Request.Headers.Cookie).Select(emulator.Sessions.Find).OfType<AccessEmulatorSession>())
        {
            emulator.Sessions.EndUnless(session => session.Who != who.Who, SessionEnd.LoggedOut);
        }

        SessionCookie.Delete(context, emulator.CookieSameSite);
        return Answers.PageAsync(context, StatusCodes.Status200OK, MessagePage.LoggedOut());
    }
}
