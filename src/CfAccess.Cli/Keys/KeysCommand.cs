using System.CommandLine;
using CfAccess.Cli.CommandLine;
using CfAccess.Cli.Output;
using CfAccess.Cli.Teams;

namespace CfAccess.Cli.Keys;

/// <summary><c>cfaccess keys</c>: what a team publishes, and what the library makes of it.</summary>
internal static class KeysCommand
{
    /// <summary>No key signs for this: the library wants at least one audience to be configured at all.</summary>
    private const string NoAudience = "none";

    public static Command Make(Surroundings surroundings)
    {
        var (team, custom) = (CommonOptions.Team(), CommonOptions.AllowCustomTeam());
        var pem = new Option<bool>("--pem") { Description = "Print the usable public keys as PEM, for other tools." };
        var jwks = new Option<bool>("--jwks") { Description = "Print the usable public keys as a JWK set, for other tools." };
        var watch = new Option<bool>("--watch") { Description = "Go on asking, and tell what changes. Ctrl+C ends it." };
        var interval = new Option<int>("--interval")
        {
            Description = "How often --watch asks, in seconds from 5 to 3600.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 30,
        };
        var command = new Command("keys", "Show the signing keys that a team publishes.") { team, pem, jwks, watch, interval, custom };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var choice = TeamChoice.Of(parsed.GetValue(team), parsed.GetValue(custom));
            var seconds = OptionValues.InRange(parsed.GetValue(interval), 5, 3600, "--interval");
            if (((bool[])[parsed.GetValue(pem), parsed.GetValue(jwks), parsed.GetValue(watch)]).Count(isGiven => isGiven) > 1)
            {
                throw CliException.WrongUse("--pem, --jwks and --watch exclude each other. Give one.");
            }

            using var session = StartSession(choice, surroundings.Clock);
            var asked = new KeysAsked(session, choice, surroundings.Clock);
            var page = new Page(surroundings, parsed.IsJson());
            if (parsed.GetValue(watch))
            {
                await new KeyWatch(asked, page, surroundings, TimeSpan.FromSeconds(seconds)).RunAsync(cancellationToken);
                return ExitCodes.Well;
            }

            var (report, keys, trouble) = await Waiting.ForAsync(surroundings, $"Fetching {choice.KeysUrl}", asked.FetchAsync(cancellationToken));
            if (report is null)
            {
                throw CliException.Unreachable(trouble!);
            }

            if (parsed.GetValue(pem))
            {
                page.Raw(KeyExport.Pem(keys!));
            }
            else if (parsed.GetValue(jwks))
            {
                page.Report(KeyExport.Jwks(keys!), CliJson.Default.ExportedKeySet);
            }
            else
            {
                page.Report(report, CliJson.Default.KeysReport, text => KeysText.Write(text, report));
            }

            return ExitCodes.Well;
        });
        return command;
    }

    /// <summary>The library for a team's keys alone.</summary>
    public static LibrarySession StartSession(TeamChoice team, TimeProvider clock) => LibrarySession.Start(
        options =>
        {
            options.TeamDomain = team.Issuer;
            options.AllowCustomTeamDomain = team.IsCustom;
            options.Audiences = [NoAudience];
        },
        clock);
}
