using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using CfAccess.AspNetCore;
using CfAccess.Cli.Teams;

namespace CfAccess.Cli.Doctor;

/// <summary>The origin as somebody meets it who found its address: it has to refuse whatever did not come through Access.</summary>
internal static class OriginSteps
{
    public const string NoToken = "no token";
    public const string UnsignedToken = "unsigned";
    public const string EmailHeader = "email header";
    private const string Somebody = "doctor@cfaccess.invalid";

    public static async Task<IReadOnlyList<DoctorStep>> RunAsync(
        OriginAddress? origin, bool isInsecure, TeamChoice team, IList<string> audiences, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (origin is null)
        {
            const string hint = "not asked: --origin ADDRESS asks the origin itself";
            return [DoctorStep.NotReached(NoToken, hint), DoctorStep.NotReached(UnsignedToken, hint), DoctorStep.NotReached(EmailHeader, hint)];
        }

        using var probe = new Probe(origin.Handler(isInsecure), clock);
        return
        [
            await AskAsync(
                NoToken,
                [],
                "Nothing checks the token there: call AddCloudflareAccess, and RequireAuthorization on the endpoint or as the fallback policy. "
                + "If the path is public on purpose, give a --url that wants a login."),
            await AskAsync(
                UnsignedToken,
                [(CloudflareAccessDefaults.AssertionHeader, Unsigned(team, audiences, clock))],
                "It takes a token that nobody signed (alg none): anyone can write one. Verify tokens with a library, such as CfAccess.AspNetCore."),
            await AskAsync(
                EmailHeader,
                [("Cf-Access-Authenticated-User-Email", Somebody)],
                "It trusts the header Cf-Access-Authenticated-User-Email, which anyone can write. Take the caller from the verified token alone."),
        ];

        async Task<DoctorStep> AskAsync(string step, (string, string)[] headers, string hole) =>
            Judge(step, await probe.AskAsync(origin.Url, origin.Application, headers, cancellationToken), team, origin, hole);
    }

    private static DoctorStep Judge(string step, ProbeAnswer answer, TeamChoice team, OriginAddress origin, string hole) => answer switch
    {
        { Trouble: { } trouble } => DoctorStep.OfSilence(
            step,
            $"{origin.Address.Host}:{origin.Address.Port} cannot be asked: {trouble}",
            answer.IsTls
                ? "Its certificate is not trusted here, as one of Cloudflare's Origin CA or a self-signed one: give --insecure-origin too."
                : "Check the address. That nobody reaches the origin past Cloudflare is good; then ask from where it can be reached."),
        { IsOfCloudflare: true } => DoctorStep.Failed(
            step,
            $"answered by Cloudflare ({answer.Status}), not by the origin",
            "This is Cloudflare, not the origin (its answer has CF-RAY): give as --origin the address behind it."),
        { Status: 401 or 403 } => DoctorStep.Passed(step, $"refused with {answer.Status}"),
        { Status: >= 300 and < 400, Location: { } location } when LoginAddress.IsLoginOf(location, team.Issuer) =>
            DoctorStep.Passed(step, $"refused: {answer.Status} to the login"),
        { Status: >= 200 and < 300 } => DoctorStep.Failed(
            step,
            $"LET IN with {answer.Status}: whoever finds this address gets in",
            hole),
        _ => DoctorStep.Failed(
            step,
            $"neither refused nor let in: {answer.Status}",
            answer.Status == 503
                ? "If the origin uses CfAccess, it has no trusted keys: see its log for KeysUnavailable."
                : "This tells nothing. Give a --url whose path exists and wants a login."),
    };

    /// <summary>Everything of a good token but a signature.</summary>
    private static string Unsigned(TeamChoice team, IList<string> audiences, TimeProvider clock)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var payload = new JsonObject
        {
            ["aud"] = new JsonArray(audiences[0]),
            ["email"] = Somebody,
            ["exp"] = now + 300,
            ["iat"] = now,
            ["nbf"] = now,
            ["iss"] = team.Issuer,
            ["type"] = "app",
            ["sub"] = "doctor",
        };
        return $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{Encode(payload.ToJsonString())}.";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
