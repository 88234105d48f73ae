using CfAccess.Emulator.Edge;
using CfAccess.Emulator.Pages;
using CfAccess.Emulator.Setup;
using CfAccess.Shared.Requests;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Endpoints;

/// <summary>The dashboard, and what its buttons do.</summary>
internal sealed class DashboardEndpoint(AccessEmulator emulator, StateChange change, bool isAlone)
{
    public async Task ShowAsync(HttpContext context)
    {
        var request = context.Request;
        var current = SessionCookie.Values(request.Headers.Cookie).Select(emulator.Sessions.Find).FirstOrDefault(found => found is not null);
        var origin = isAlone ? $"{request.Scheme}://{RequestHost.Of(request).Host}:YOUR-PORT" : $"{request.Scheme}://{RequestHost.Of(request).Value}";
        var paths = await AppPaths.FindAsync(context.RequestServices).ConfigureAwait(false);
        var page = new DashboardPage(emulator, origin, isAlone, current, paths, change.Field(context));
        await Answers.PageAsync(context, StatusCodes.Status200OK, page.Render()).ConfigureAwait(false);
    }

    public async Task ChangeAsync(HttpContext context, DashboardAction action)
    {
        if (await change.ReadAsync(context).ConfigureAwait(false) is not { } form)
        {
            return;
        }

        if (Apply(action, form[DashboardPage.ValueField].ToString()))
        {
            StateChange.GoOn(context, AccessPaths.Dashboard);
        }
        else
        {
            await StateChange.RefuseAsync(context, "There is no such key or login any more. Open the dashboard again.").ConfigureAwait(false);
        }
    }

    /// <returns>Whether there was what the action is about.</returns>
    private bool Apply(DashboardAction action, string value)
    {
        switch (action)
        {
            case DashboardAction.Rotate:
                emulator.RotateKey();
                return true;
            case DashboardAction.Withdraw:
                return emulator.TryWithdrawKey(value);
            case DashboardAction.Fail or DashboardAction.Heal:
                emulator.KeysEndpointFails = action == DashboardAction.Fail;
                return true;
            case DashboardAction.Expire when Session(value) is { } session:
                emulator.Sessions.Expire(session);
                return true;
            case DashboardAction.Revoke when Session(value) is { } session:
                return emulator.Sessions.End(session.Token);
            default:
                return false;
        }
    }

    private AccessEmulatorSession? Session(string id) => emulator.Sessions.All.FirstOrDefault(one => one.Id == id);
}
