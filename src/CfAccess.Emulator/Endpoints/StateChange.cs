using CfAccess.Emulator.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CfAccess.Emulator.Endpoints;

/// <summary>
/// A form that changes something: taken only when a page of the emulator in this very browser sent it, as its origin and its antiforgery
/// token say.
/// </summary>
internal sealed class StateChange(FormAntiforgery antiforgery)
{
    private const long LargestForm = 32 * 1024;

    /// <summary>The field that a page's forms have.</summary>
    public (string Name, string Value) Field(HttpContext context) => antiforgery.Field(context);

    /// <summary>The form; none when it was refused, and the refusal answered.</summary>
    public async Task<IFormCollection?> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = LargestForm;
        }

        if (!SameOrigin.Sent(context.Request))
        {
            await RefuseAsync(context, "This form was sent by a page of another site.").ConfigureAwait(false);
            return null;
        }

        if (!await antiforgery.IsValidAsync(context).ConfigureAwait(false))
        {
            await RefuseAsync(context, "This form was not sent by the emulator's page in this browser, or the emulator was started anew since. "
                + "Open the page again.").ConfigureAwait(false);
            return null;
        }

        return await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
    }

    public static Task RefuseAsync(HttpContext context, string sentence) =>
        Answers.PageAsync(context, StatusCodes.Status400BadRequest, MessagePage.Refused(sentence));

    /// <summary>Leads on with a GET, so that a reload of what follows sends no form again.</summary>
    public static void GoOn(HttpContext context, string address)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = address;
        context.Response.Headers.CacheControl = "no-store";
    }
}
