using CfAccess.Emulator.Pages;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Endpoints;

/// <summary>Answers what lies below <see cref="AccessPaths.Prefix"/> on the application's own host.</summary>
internal sealed class AccessEndpoints(
    AccessEmulator emulator, LoginEndpoint login, LogoutEndpoint logout, MintEndpoint mint, DashboardEndpoint dashboard)
{
    private static readonly Dictionary<string, DashboardAction> DashboardActions =
        Enum.GetValues<DashboardAction>().ToDictionary(action => $"{action}".ToLowerInvariant(), StringComparer.Ordinal);

    private readonly TeamEndpoints _team = new(emulator);

    public Task AnswerAsync(HttpContext context, PathString endpoint)
    {
        var segments = (endpoint.Value ?? string.Empty).Split('/');
        return segments switch
        {
            ["", "certs"] => OnGet(context, () => Answers.SendAsync(context, _team.KeySet())),
            ["", "get-identity"] => OnGet(context, () => Guarded(context, () => Answers.SendAsync(context, Identity(context)))),
            ["", "login"] => Guarded(context, () => login.AnswerAsync(context)),
            ["", "login", var host] => Guarded(context, () => login.AnswerAsync(context, host)),
            ["", "logout"] => OnGet(context, () => Guarded(context, () => logout.AnswerAsync(context))),
            ["", "emulator"] => OnGet(context, () => Guarded(context, () => ForPeople(context, () => dashboard.ShowAsync(context)))),
            ["", "emulator", var name] when DashboardActions.TryGetValue(name, out var action) =>
                OnPost(context, () => Guarded(context, () => dashboard.ChangeAsync(context, action))),
            ["", "emulator", "token"] => Guarded(context, () => mint.AnswerAsync(context)),
            _ => Answers.PageAsync(context, StatusCodes.Status404NotFound, MessagePage.NoSuchEndpoint()),
        };
    }

    private static Task OnGet(HttpContext context, Func<Task> answer) =>
        HttpMethods.IsGet(context.Request.Method) ? answer() : Answers.NotAllowedAsync(context, HttpMethods.Get);

    private static Task OnPost(HttpContext context, Func<Task> answer) =>
        HttpMethods.IsPost(context.Request.Method) ? answer() : Answers.NotAllowedAsync(context, HttpMethods.Post);

    /// <summary>The dashboard shows tokens: a window may open it, and no script may fetch it.</summary>
    private static Task ForPeople(HttpContext context, Func<Task> answer) =>
        context.Request.Headers["Sec-Fetch-Dest"].ToString() is "" or "document"
            ? answer()
            : Answers.PageAsync(context, StatusCodes.Status403Forbidden, MessagePage.Refused("The dashboard shows tokens, and is no part of another page."));

    private Task Guarded(HttpContext context, Func<Task> answer) => emulator.LocalCallers.Refusal(context) is { } refusal
        ? Answers.PageAsync(context, StatusCodes.Status403Forbidden, MessagePage.Refused(refusal))
        : answer();

    private TeamAnswer Identity(HttpContext context) =>
        _team.Identity(context.Request.Headers.Cookie, context.Connection.RemoteIpAddress?.ToString() ?? "127.0.0.1");
}
