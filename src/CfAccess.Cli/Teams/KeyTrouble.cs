using System.Net;

namespace CfAccess.Cli.Teams;

/// <summary>Says why a team's keys are not to be had, and what to do about it.</summary>
internal static class KeyTrouble
{
    /// <param name="team">The team.</param>
    /// <param name="detail">What the library told of the failure.</param>
    /// <param name="witness">What answered.</param>
    /// <param name="file">The file that the keys were read from, if not from the network.</param>
    /// <param name="takesFile">Whether the command has <c>--keys</c>, by which the keys can be read from a file.</param>
    public static string Sentence(TeamChoice team, string? detail, KeysWitness witness, string? file = null, bool takesFile = false)
    {
        if (file is not null)
        {
            return $"{file} is no key set: {detail}. Save what {team.KeysUrl} answers, or a JWK set {{\"keys\": […]}}.";
        }

        return witness.Status switch
        {
            HttpStatusCode.NotFound =>
                $"There is no team at {team.Issuer}: {team.KeysUrl} answers 404. Compare the name with the Zero Trust dashboard: Settings, Team name and domain.",
            null => $"{team.KeysUrl} cannot be reached from here: {detail}. Check network, DNS and proxy (HTTPS_PROXY)"
                + (takesFile ? ", or save the keys elsewhere and give --keys FILE." : "."),
            HttpStatusCode.Forbidden =>
                $"{team.KeysUrl} responded with 403. The likely cause is a firewall or bot rule in front of the team domain (error 1010). "
                + "Allow requests from this machine whose User-Agent begins with CfAccess, or use another network.",
            HttpStatusCode.ProxyAuthenticationRequired => $"The proxy before {team.KeysUrl} wants a login (407). Give HTTPS_PROXY with user and password.",
            HttpStatusCode.OK when IsPage(witness) =>
                $"{team.KeysUrl} answered with a web page in place of keys: a proxy or a hotel's login page stands between. Log in there, or use another network.",
            >= (HttpStatusCode)300 and < (HttpStatusCode)400 =>
                $"{team.KeysUrl} answered with a redirect ({(int)witness.Status}), which is never followed: "
                + "a proxy or a hotel's login page stands between. Log in there, or use another network.",
            HttpStatusCode.OK => $"{team.KeysUrl} answered, but with no usable keys: {detail}.",
            _ => $"{team.KeysUrl} answered {(int)witness.Status}. Try again; if it stays, see https://www.cloudflarestatus.com.",
        };
    }

    public static bool IsMissingTeam(KeysWitness witness) => witness.Status == HttpStatusCode.NotFound;

    private static bool IsPage(KeysWitness witness) => witness.MediaType?.Contains("html", StringComparison.OrdinalIgnoreCase) == true;
}
