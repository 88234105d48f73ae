using CfAccess.Emulator.Endpoints;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Edge;

/// <summary>
/// Cloudflare's edge as the application sees it: what a client claims about itself is taken away, what the edge knows is added, and a
/// request that the application wants to know more about is sent to log in.
/// </summary>
internal sealed class EdgeMiddleware(RequestDelegate application, AccessEmulator emulator, AccessEndpoints endpoints)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(AccessPaths.Prefix, StringComparison.Ordinal, out var endpoint))
        {
            await endpoints.AnswerAsync(context, endpoint).ConfigureAwait(false);
            return;
        }

        var claim = ServiceTokenClaim.Read(context.Request.Headers, emulator.Callers);
        AccessHeaders.Strip(context.Request.Headers);
        var session = SessionCookie.KeepLive(context.Request.Headers, emulator.Sessions.Find);

        if (claim.Refusal is { } refusal)
        {
            await Answers.RefuseAsync(context, refusal).ConfigureAwait(false);
            return;
        }

        if (claim.ServiceToken is { } serviceToken)
        {
            session = emulator.Sessions.Continue(serviceToken, emulator.CurrentKeyId);
            SessionCookie.Replace(context.Request.Headers, session);
        }

        if (session is not null)
        {
            AccessHeaders.Attach(context.Request.Headers, session);
        }
        else
        {
            LoginRedirect.Prepare(context, emulator);
        }

        await application(context).ConfigureAwait(false);
    }
}
