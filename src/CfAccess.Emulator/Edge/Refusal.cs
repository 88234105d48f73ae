using CfAccess.Emulator.Applications;
using CfAccess.Emulator.Endpoints;
using CfAccess.Emulator.Pages;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Edge;

/// <summary>What the edge says to whom it does not let in: a page to a browser, a line to a program.</summary>
internal static class Refusal
{
    public static Passage OfPreflight(ProtectedApplication application)
    {
        var sentence = "This is a CORS preflight, which Access refuses: browsers send no cookie with it. Set BypassOptionsRequests of the "
            + $"application {application.Name} to send preflights to the app.";
        return new(sentence, context => Answers.RefuseAsync(context, sentence));
    }

    public static Passage OfCaller(ProtectedApplication application, AccessEmulatorSession? session)
    {
        var sentence = session switch
        {
            { Email: { } email } => $"{email} may not enter {application.Name}: none of its Allow policies lets this person in.",
            { ClientId: { } clientId } =>
                $"The service token {clientId} may not enter {application.Name}: none of its Service Auth policies lets it in.",
            _ => $"{application.Name} is for service tokens only: send CF-Access-Client-Id and CF-Access-Client-Secret.",
        };

        return new(sentence, context => WantsPage(context.Request)
            ? Answers.PageAsync(context, StatusCodes.Status403Forbidden, MessagePage.Forbidden(sentence))
            : Answers.RefuseAsync(context, sentence));
    }

    private static bool WantsPage(HttpRequest request) => request.GetTypedHeaders().Accept.Any(one => one.MediaType == "text/html");
}
