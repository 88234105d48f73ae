using System.Text;
using CfAccess.Emulator.Pages;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Endpoints;

/// <summary>How the emulator's own answers are sent: never cached, never framed.</summary>
internal static class Answers
{
    public static Task RefuseAsync(HttpContext context, string sentence) =>
        SendAsync(context, new(StatusCodes.Status403Forbidden, "text/plain; charset=utf-8", sentence + "\n"));

    public static Task NotAllowedAsync(HttpContext context, string allowed)
    {
        context.Response.Headers.Allow = allowed;
        return PageAsync(context, StatusCodes.Status405MethodNotAllowed, MessagePage.Refused($"This page answers {allowed} only."));
    }

    public static Task PageAsync(HttpContext context, int status, string html)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = PageFrame.ContentSecurityPolicy;
        headers.XFrameOptions = "DENY";

        // With "no-referrer" a browser would send the form with "Origin: null".
        headers["Referrer-Policy"] = "same-origin";
        return SendAsync(context, new(status, "text/html; charset=utf-8", html));
    }

    public static Task SendAsync(HttpContext context, TeamAnswer answer)
    {
        var bytes = Encoding.UTF8.GetBytes(answer.Body);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
