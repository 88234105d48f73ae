using CfAccess.Emulator.Edge;
using CfAccess.Emulator.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CfAccess.Emulator.Endpoints;

/// <summary>The login: a page on which one picks a person, and the form that it sends.</summary>
internal sealed class LoginEndpoint(AccessEmulator emulator, LoginAntiforgery antiforgery)
{
    private const long LargestForm = 32 * 1024;

    /// <param name="context">The request.</param>
    /// <param name="host">The host that the login is for; none means the one that was asked.</param>
    public Task AnswerAsync(HttpContext context, string? host = null) => context.Request.Method switch
    {
        var method when HttpMethods.IsGet(method) => ShowAsync(context, host),
        var method when HttpMethods.IsPost(method) => LogInAsync(context, host),
        _ => AccessEndpoints.NotAllowed(context, $"{HttpMethods.Get}, {HttpMethods.Post}"),
    };

    private Task ShowAsync(HttpContext context, string? host)
    {
        var path = (string?)context.Request.Query[LoginPage.ReturnField];
        var (address, refusal) = ReturnAddress.Of(context.Request, host, path);
        if (address is null)
        {
            return RefuseAsync(context, refusal!);
        }

        var page = LoginPage.Render(emulator.People, host ?? context.Request.Host.Value ?? string.Empty, path, address, antiforgery.Field(context));
        return Answers.PageAsync(context, StatusCodes.Status200OK, page);
    }

    private async Task LogInAsync(HttpContext context, string? host)
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
        var (address, refusal) = ReturnAddress.Of(context.Request, host, form[LoginPage.ReturnField]);
        if (address is null)
        {
            await RefuseAsync(context, refusal!).ConfigureAwait(false);
            return;
        }

        if (emulator.Callers.FindPerson(form[LoginPage.PersonField].ToString()) is not { } person)
        {
            await RefuseAsync(context, "The emulator knows no such person. Add people in its options.").ConfigureAwait(false);
            return;
        }

        SessionCookie.Write(context, emulator.Sessions.Start(person).Token);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = address;
        context.Response.Headers.CacheControl = "no-store";
    }

    private static Task RefuseAsync(HttpContext context, string sentence) =>
        Answers.PageAsync(context, StatusCodes.Status400BadRequest, MessagePage.Refused(sentence));
}
