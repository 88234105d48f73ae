using System.CommandLine;
using CfAccess.Cli.CommandLine;
using CfAccess.Cli.Keys;
using CfAccess.Cli.Output;
using CfAccess.Cli.Teams;

namespace CfAccess.Cli.Doctor;

/// <summary><c>cfaccess doctor</c>: whether team, application, clock and origin fit each other.</summary>
internal static class DoctorCommand
{
    public static Command Make(Surroundings surroundings)
    {
        var (team, custom, audiences) = (CommonOptions.Team(), CommonOptions.AllowCustomTeam(), CommonOptions.Audiences());
        var url = new Option<string?>("--url") { Description = "The application, as a browser opens it: a path that wants a login.", HelpName = "URL" };
        var origin = new Option<string?>("--origin")
        {
            Description = "Where the origin itself listens, past Cloudflare: host:port, or an origin such as http://10.0.0.5:8080.",
            HelpName = "ADDRESS",
        };
        var insecure = new Option<bool>("--insecure-origin")
        {
            Description = "Take any certificate of the origin, such as one of Cloudflare's Origin CA or a self-signed one.",
        };
        var command = new Command("doctor", "Check team, keys, clock, login, AUD tag, and what the origin lets in.") { url, team, audiences, origin, insecure, custom };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var choice = TeamChoice.Of(parsed.GetValue(team), parsed.GetValue(custom));
            var tags = OptionValues.AudiencesOf(parsed.GetValue(audiences));
            var application = UrlOf(parsed.GetValue(url));
            var address = parsed.GetValue(origin) is { } value ? OriginAddress.Of(value, application) : null;
            var at = surroundings.Clock.GetUtcNow();
            using var session = KeysCommand.StartSession(choice, surroundings.Clock);

            var steps = await Waiting.ForAsync(surroundings, "Asking team, application and origin", StepsAsync());
            var report = new DoctorReport(
                steps.TrueForAll(step => step.Result != StepState.Wrong), at, application.AbsoluteUri, choice.Issuer, [.. tags], steps);
            new Page(surroundings, parsed.IsJson()).Report(report, CliJson.Default.DoctorReport, page => DoctorText.Write(page, report));
            return report.Well ? ExitCodes.Well : steps.Exists(step => step.IsWrong) ? ExitCodes.Refused : ExitCodes.Unreachable;

            async Task<List<DoctorStep>> StepsAsync() =>
            [
                .. await TeamSteps.RunAsync(session, choice, surroundings.Clock, cancellationToken),
                .. await LoginSteps.RunAsync(application, choice, tags, surroundings.Clock, cancellationToken),
                .. await OriginSteps.RunAsync(address, parsed.GetValue(insecure), choice, tags, surroundings.Clock, cancellationToken),
            ];
        });
        return command;
    }

    /// <exception cref="CliException">It is none.</exception>
    private static Uri UrlOf(string? value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0
            ? url
            : throw CliException.WrongUse(value is null
                ? "Say which application: --url https://app.example.com."
                : $"--url {Quoted.Value(value)} is no http or https address. Write one such as https://app.example.com, without user and password.");
}
