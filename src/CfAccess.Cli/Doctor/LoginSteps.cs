using CfAccess.Cli.Teams;

namespace CfAccess.Cli.Doctor;

/// <summary>The application as a browser meets it: whether Access asks for a login, and for which application.</summary>
internal static class LoginSteps
{
    private const string Login = "login";
    private const string Audience = "audience";

    private static readonly (string, string)[] Browser = [("Accept", "text/html"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")];

    public static async Task<IReadOnlyList<DoctorStep>> RunAsync(
        Uri url, TeamChoice team, IList<string> audiences, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var probe = new Probe(new SocketsHttpHandler(), clock);
        var answer = await probe.AskAsync(url, url, Browser, cancellationToken);
        var login = OfLogin(answer, url, team);
        return [login, LoginAddress.IsLogin(answer.Location) ? OfAudience(answer.Location!, audiences) : DoctorStep.NotReached(Audience, "no login told it")];
    }

    private static DoctorStep OfLogin(ProbeAnswer answer, Uri url, TeamChoice team) => answer switch
    {
        { Trouble: { } trouble } => DoctorStep.OfSilence(
            Login, $"{url} cannot be reached: {trouble}", "Check the address, network, DNS and proxy of this machine."),
        { Location: { } location, Status: >= 300 and < 400 } => OfRedirect(answer.Status, location, team),
        { Status: >= 200 and < 300 } => DoctorStep.Failed(
            Login,
            $"answers {answer.Status} without a login",
            "Access does not stand before this URL: no application covers its host and path, a Bypass policy lets everybody in, or its DNS record is not proxied. "
            + "See Zero Trust dashboard: Access, Applications."),
        { Status: 401 or 403 } => DoctorStep.Failed(
            Login,
            $"answers {answer.Status} in place of a login",
            "Either Access lets only service tokens in here, or the request came past Access to the origin, which refused it. "
            + "If people are to log in, see the application's policies and whether its DNS record is proxied."),
        _ => DoctorStep.Failed(Login, $"answers {answer.Status}", "Give a --url that a browser can open; this answer tells nothing of Access."),
    };

    private static DoctorStep OfRedirect(int status, Uri location, TeamChoice team)
    {
        var target = LoginAddress.OriginOf(location) + location.AbsolutePath;
        if (!LoginAddress.IsLogin(location))
        {
            return DoctorStep.Failed(
                Login, $"{status} to {target}", "This is a redirect, but not to a login of Access. Give the address that it leads to as --url.");
        }

        return LoginAddress.IsLoginOf(location, team.Issuer)
            ? DoctorStep.Passed(Login, $"{status} to {target}")
            : DoctorStep.Failed(
                Login,
                $"{status} to {target}",
                $"The login is at {LoginAddress.OriginOf(location)}, not at {team.Issuer}: configure that as TeamDomain, or correct --team.");
    }

    private static DoctorStep OfAudience(Uri login, IList<string> audiences) => LoginAddress.AudienceOf(login) switch
    {
        null => DoctorStep.Failed(
            Audience,
            "the login has not one kid, so it names no AUD tag to compare",
            "Access names the application in the login's kid. Look at what answers at --url: something between may rewrite redirects."),
        var tag when audiences.Contains(tag) => DoctorStep.Passed(Audience, tag),
        var tag when audiences.Contains(tag, StringComparer.OrdinalIgnoreCase) => DoctorStep.Failed(
            Audience,
            $"the login is for {tag}, not for {string.Join(" or ", audiences)}",
            "The tags differ only in upper and lower case. They are compared character by character: write the tag of the login into Audiences."),
        var tag => DoctorStep.Failed(
            Audience,
            $"the login is for {tag}, not for {string.Join(" or ", audiences)}",
            "Put the AUD tag of the login into Audiences, or every token of this URL is refused with wrong_audience. "
            + "If it is the right one already, another application covers this path."),
    };
}
