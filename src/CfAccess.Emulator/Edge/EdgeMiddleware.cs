using CfAccess.Emulator.Applications;
using CfAccess.Emulator.Endpoints;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Edge;

/// <summary>
/// Cloudflare's edge as the application sees it: what a client claims about itself is taken away, what the edge knows is added, and who
/// may not enter does not reach the application.
/// </summary>
internal sealed class EdgeMiddleware(RequestDelegate app, AccessEmulator emulator, AccessEndpoints endpoints)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments(AccessPaths.Prefix, StringComparison.Ordinal, out var endpoint))
        {
            await endpoints.AnswerAsync(context, endpoint).ConfigureAwait(false);
            return;
        }

        var claim = ServiceTokenClaim.Read(request.Headers, emulator.Callers);
        AccessHeaders.Strip(request.Headers);
        var session = SessionCookie.KeepLive(request.Headers, emulator.Sessions.Find);
        var isPreflight = Preflight.Is(request);

        if (emulator.Applications.Of(request.Path) is not { } application
            || Policies.Decide(application.Policies, default) == Decision.Bypass
            || (isPreflight && application.BypassOptionsRequests))
        {
            SessionCookie.Remove(request.Headers);
            await app(context).ConfigureAwait(false);
        }
        else if (isPreflight && emulator.Applications.Decides)
        {
            await Refusal.OfPreflightAsync(context, application).ConfigureAwait(false);
        }
        else if (claim.Refusal is { } refusal)
        {
            await Answers.RefuseAsync(context, refusal).ConfigureAwait(false);
        }
        else
        {
            session = claim.ServiceToken is { } one ? emulator.Sessions.Continue(one, emulator.CurrentKeyId) : session;
            await DecideAsync(context, application, session).ConfigureAwait(false);
        }
    }

    private Task DecideAsync(HttpContext context, ProtectedApplication application, AccessEmulatorSession? session)
    {
        var decision = Policies.Decide(application.Policies, Caller.Of(session));
        if (decision == Decision.Deny)
        {
            return Refusal.OfCallerAsync(context, application, session);
        }

        if (session is not null)
        {
            AccessHeaders.Attach(context.Request.Headers, session, emulator.Sessions.TokenFor(session, application));
            return app(context);
        }

        if (emulator.Applications.Decides)
        {
            return LoginRedirect.SendAsync(context, application);
        }

        LoginRedirect.Prepare(context, application);
        return app(context);
    }
}
