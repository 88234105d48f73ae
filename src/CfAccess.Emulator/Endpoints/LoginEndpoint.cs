using CfAccess.Emulator.Applications;
using CfAccess.Emulator.Callers;
using CfAccess.Emulator.Edge;
using CfAccess.Emulator.Evaluation;
using CfAccess.Emulator.Pages;
using CfAccess.Shared.Requests;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Endpoints;

/// <summary>The login: a page on which one picks a person or names one, and the form that it sends.</summary>
internal sealed class LoginEndpoint(AccessEmulator emulator, StateChange change, LoginEvaluation evaluation)
{
    private const string ApplicationField = "kid";
    private const StringSplitOptions Words = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    /// <param name="context">The request.</param>
    /// <param name="host">The host that the login is for; none means the one that was asked.</param>
    public Task AnswerAsync(HttpContext context, string? host = null) => context.Request.Method switch
    {
        var method when HttpMethods.IsGet(method) => ShowAsync(context, host),
        var method when HttpMethods.IsPost(method) => LogInAsync(context, host),
        _ => Answers.NotAllowedAsync(context, $"{HttpMethods.Get}, {HttpMethods.Post}"),
    };

    private Task ShowAsync(HttpContext context, string? host)
    {
        var path = (string?)context.Request.Query[LoginPage.ReturnField];
        var (address, otherHost) = ReturnAddress.Of(context.Request, host, path);
        var (application, unknown) = ApplicationOf(context.Request);
        if (address is null || application is null)
        {
            return StateChange.RefuseAsync(context, otherHost ?? unknown!);
        }

        var end = SessionCookie.Values(context.Request.Headers.Cookie).Select(emulator.Sessions.FindEnd).FirstOrDefault(found => found is not null);
        var page = new LoginPage(
            emulator, host ?? RequestHost.Of(context.Request).Value ?? string.Empty, path, address, end, change.Field(context)).Render();
        return Answers.PageAsync(context, StatusCodes.Status200OK, page);
    }

    private async Task LogInAsync(HttpContext context, string? host)
    {
        if (await change.ReadAsync(context).ConfigureAwait(false) is not { } form)
        {
            return;
        }

        var (address, otherHost) = ReturnAddress.Of(context.Request, host, form[LoginPage.ReturnField]);
        var (application, unknown) = ApplicationOf(context.Request);
        var (person, nobody) = PersonOf(form);
        if (address is null || application is null || person is null)
        {
            await StateChange.RefuseAsync(context, otherHost ?? unknown ?? nobody!).ConfigureAwait(false);
            return;
        }

        var (passed, stopped) = await evaluation.AskAsync(context, application, person).ConfigureAwait(false);
        if (stopped is not null)
        {
            await Answers.PageAsync(context, StatusCodes.Status403Forbidden, MessagePage.Forbidden(stopped)).ConfigureAwait(false);
            return;
        }

        var lifetime = form[LoginPage.SessionField] == LoginPage.ShortSession ? LoginPage.ShortLifetime : (TimeSpan?)null;
        var session = emulator.Sessions.Start(person, passed, lifetime);
        SessionCookie.Write(context, emulator.Sessions.TokenFor(session, application), emulator.CookieSameSite);
        StateChange.GoOn(context, address);
    }

    /// <summary>The application that the login is for, by its AUD tag; the first where the address names none.</summary>
    private (ProtectedApplication? Application, string? Refusal) ApplicationOf(HttpRequest request)
    {
        var tag = request.Query[ApplicationField].ToString();
        var application = tag.Length == 0 ? emulator.Applications.All[0] : emulator.Applications.OfTag(tag);
        return application is null ? (null, emulator.Applications.UnknownTag) : (application, null);
    }

    private (AccessEmulatorPerson? Person, string? Refusal) PersonOf(IFormCollection form)
    {
        if (form[LoginPage.PersonField] is [{ } known])
        {
            return emulator.Callers.FindPerson(known) is { } person ? (person, null) : (null, emulator.Callers.UnknownPerson);
        }

        var email = form[LoginPage.EmailField].ToString().Trim();
        if (!CallerRules.IsEmail(email))
        {
            return (null, "That is no e-mail address. Write one such as alice@example.com.");
        }

        string[] groups = form[LoginPage.GroupsField].ToString().Split(',', Words);
        return (emulator.Callers.Person(email, groups), null);
    }
}
