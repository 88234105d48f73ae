using CfAccess.AspNetCore.Teams;
using CfAccess.Shared.AccessToken;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore.Answers;

/// <summary>Decides whether a browser is sent to the team's login, and where that is.</summary>
internal static class LoginRedirect
{
    private const string FetchMode = "Sec-Fetch-Mode";
    private const string Navigation = "navigate";

    /// <summary>
    /// Whether it is a browser that opens a page, with no token, that was not sent to the login a moment ago. A token where the scheme does
    /// not look counts too: it came through Access, and another login would not help.
    /// </summary>
    public static bool IsWanted(HttpRequest request, CloudflareAccessChallengeOptions challenge) =>
        challenge.Mode == CloudflareAccessChallengeMode.RedirectNavigations
        && HttpMethods.IsGet(request.Method)
        && request.Headers[FetchMode] == Navigation
        && !RedirectMarker.IsThere(request)
        && TokenReader.Read(request, CloudflareAccessTokenSources.HeaderThenCookie).IsEmpty;

    /// <param name="host">The host that was asked.</param>
    /// <param name="challenge">The options, as they were validated.</param>
    /// <param name="teams">The scheme's teams.</param>
    /// <param name="returnTo">Path and query that the login leads back to.</param>
    /// <returns>The address of the login, or nothing if the host is no host name.</returns>
    public static string? Find(
        HostString host, CloudflareAccessChallengeOptions challenge, IReadOnlyList<AccessTeam> teams, string returnTo)
    {
        var audience = challenge.Audience ?? teams[0].Audiences[0];
        var team = teams.First(one => one.Audiences.Contains(audience));
        return LoginAddress.Of(team.Issuer, host, audience, returnTo);
    }
}
