using CfAccess.Emulator.Applications;
using CfAccess.Emulator.Endpoints;
using CfAccess.Emulator.Sessions;
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
        var (method, path) = (context.Request.Method, context.Request.Path);
        if (path.StartsWithSegments(AccessPaths.Prefix, StringComparison.Ordinal, out var endpoint))
        {
            await endpoints.AnswerAsync(context, endpoint).ConfigureAwait(false);
            return;
        }

        if (emulator.Parts.Find(path) is { } respond)
        {
            await respond(context).ConfigureAwait(false);
            return;
        }

        var passage = Decide(context);
        TeamAddress.BringHere(context.Response, emulator.Issuer);
        try
        {
            await passage.Answer(context).ConfigureAwait(false);
        }
        finally
        {
            emulator.Journal.Add(
                new(emulator.Clock.GetUtcNow(), method, path.Value ?? "/", context.Response.StatusCode, passage.IsToApp, passage.Why));
            emulator.Parts.Observe(context);
        }
    }

    private Passage Decide(HttpContext context)
    {
        var request = context.Request;
        var claim = ServiceTokenClaim.Read(request.Headers, emulator.Callers);
        var end = SessionCookie.Values(request.Headers.Cookie).Select(emulator.Sessions.FindEnd).FirstOrDefault(found => found is not null);
        AccessHeaders.Strip(request.Headers);
        var session = SessionCookie.KeepLive(request.Headers, emulator.Sessions.Find);

        if (emulator.Applications.Of(request.Path) is not { } application)
        {
            return ByPass(request, "No application covers this path.");
        }

        if (Policies.Decide(application.Policies, default) == Decision.Bypass)
        {
            return ByPass(request, $"{application.Name} has a Bypass policy.");
        }

        if (Preflight.Is(request) && application.BypassOptionsRequests)
        {
            return ByPass(request, $"A preflight, which {application.Name} lets by.");
        }

        if (Preflight.Is(request) && emulator.Applications.Decides)
        {
            return Refusal.OfPreflight(application);
        }

        if (claim.Refusal is { } refusal)
        {
            return new(refusal, one => Answers.RefuseAsync(one, refusal));
        }

        session = claim.ServiceToken is { } serviceToken ? emulator.Sessions.Continue(serviceToken, emulator.CurrentKeyId) : session;
        return Policies.Decide(application.Policies, Caller.Of(session)) switch
        {
            Decision.Deny => Refusal.OfCaller(application, session),
            Decision.LogIn => SendOn(
                request, application, session: null, session is null ? WhyNobody(end) : $"{session.Who} was not evaluated for {application.Name}."),
            _ => SendOn(request, application, session, WhyNobody(end)),
        };
    }

    private static string WhyNobody(SessionEnd? end) => end?.Sentence("The session") ?? "Nobody is logged in.";

    private Passage ByPass(HttpRequest request, string why)
    {
        SessionCookie.Remove(request.Headers);
        return new(why, app, IsToApp: true);
    }

    private Passage SendOn(
        HttpRequest request, ProtectedApplication application, AccessEmulatorSession? session, string whyNobody)
    {
        if (session is not null)
        {
            AccessHeaders.Attach(request.Headers, session, emulator.Sessions.TokenFor(session, application));
            return new($"{session.Who}, with a token for {application.Name}.", app, IsToApp: true);
        }

        return emulator.Applications.Decides
            ? new(whyNobody, context => LoginRedirect.SendAsync(context, application))
            : new(whyNobody, context => LoginRedirect.FollowAsync(context, application, app), IsToApp: true);
    }
}
