using CfAccess.Emulator.Edge;
using CfAccess.Emulator.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CfAccess.Emulator.Endpoints;

/// <summary>The login: a page on which one picks a person, and the form that it sends.</summary>
internal sealed class LoginEndpoint(AccessEmulator emulator, LoginAntiforgery antiforgery)
{
    private const long LargestForm = 32 * 1024;

    public Task AnswerAsync(HttpContext context) => context.Request.Method switch
    {
        var method when HttpMethods.IsGet(method) => ShowAsync(context),
        var method when HttpMethods.IsPost(method) => LogInAsync(context),
        _ => AccessEndpoints.NotAllowed(context, $"{HttpMethods.Get}, {HttpMethods.Post}"),
    };

    private Task ShowAsync(HttpContext context)
    {
        var returnPath = ReturnPath.Of(context.Request.Query[LoginPage.ReturnField]);
        var html = LoginPage.Render(emulator.People, context.Request.Host.Value ?? string.Empty, returnPath, antiforgery.Field(context));
        return Answers.PageAsync(context, StatusCodes.Status200OK, html);
    }

    private async Task LogInAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = LargestForm;
        }

        if (!SameOrigin.Sent(context.Request))
        {
            await RefuseAsync(context, "This login was sent by a page of another site.").ConfigureAwait(false);
            return;
        }

        if (!await antiforgery.IsValidAsync(context).ConfigureAwait(false))
        {
            await RefuseAsync(context, "This login was not sent by the emulator's page in this browser. Open the page again.")
                .ConfigureAwait(false);
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        if (emulator.Callers.FindPerson(form[LoginPage.PersonField].ToString()) is not { } person)
        {
            await RefuseAsync(context, "The emulator knows no such person.").ConfigureAwait(false);
            return;
        }

        SessionCookie.Write(context, emulator.Sessions.Start(person).Token);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = ReturnPath.Of(form[LoginPage.ReturnField]);
        context.Response.Headers.CacheControl = "no-store";
    }

    private static Task RefuseAsync(HttpContext context, string sentence) =>
        Answers.PageAsync(context, StatusCodes.Status400BadRequest, MessagePage.Refused(sentence));
}
