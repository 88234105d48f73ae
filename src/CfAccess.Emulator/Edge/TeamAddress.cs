using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Edge;

/// <summary>
/// The team's domain is a name that leads nowhere. What the application redirects there, such as a browser to the login, is answered on the
/// application's own host.
/// </summary>
internal static class TeamAddress
{
    public static void BringHere(HttpResponse response, string issuer) => response.OnStarting(() =>
    {
        if (response.Headers.Location is [{ } location] && location.StartsWith(issuer + AccessPaths.Prefix + "/", StringComparison.Ordinal))
        {
            response.Headers.Location = location[issuer.Length..];
        }

        return Task.CompletedTask;
    });
}
