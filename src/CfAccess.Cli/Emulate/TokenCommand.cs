using System.CommandLine;
using CfAccess.Cli.CommandLine;
using CfAccess.Cli.Output;
using CfAccess.Emulator;

namespace CfAccess.Cli.Emulate;

/// <summary><c>cfaccess token</c>: a token of a running emulator, for scripts.</summary>
internal static class TokenCommand
{
    public static Command Make(Surroundings surroundings)
    {
        var email = new Option<string?>("--email") { Description = "Whose token: a person of the emulator, or with --group anyone.", HelpName = "EMAIL" };
        var group = new Option<string[]>("--group") { Description = "A group of that person, in place of the known ones; several one after the other.", HelpName = "NAME" };
        var service = new Option<string?>("--service") { Description = "Which service's token: its Client ID.", HelpName = "CLIENT_ID" };
        var wrong = new Option<string?>("--wrong") { Description = "A token that has to be refused.", HelpName = "KIND" };
        wrong.AcceptOnly(Enum.GetNames<AccessEmulatorWrongToken>());
        var audience = new Option<string?>("--audience") { Description = "For which of several applications: its AUD tag.", HelpName = "TAG" };
        var url = new Option<string>("--url")
        {
            Description = "Where the emulator listens.",
            HelpName = "URL",
            DefaultValueFactory = _ => AccessEmulatorDefaults.HostAddress,
        };
        var secret = new Option<string?>("--secret")
        {
            Description = $"The mint secret that the emulator printed at start; better in {EmulateCommand.SecretVariable}.",
            HelpName = "SECRET",
        };
        var command = new Command("token", "Have a running emulator make a token, and print it.") { email, group, service, wrong, audience, url, secret };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var groups = parsed.GetValue(group) is { Length: > 0 } names ? names : null;
            var wish = new TokenWish(
                parsed.GetValue(email), groups, parsed.GetValue(service), parsed.GetValue(audience), parsed.GetValue(wrong));
            var known = parsed.GetValue(secret) ?? surroundings.Variable(EmulateCommand.SecretVariable);
            var token = await Waiting.ForAsync(
                surroundings, "Asking the emulator", EmulatorClient.MintAsync(parsed.GetValue(url)!, known, wish, surroundings.Clock, cancellationToken));
            var page = new Page(surroundings, parsed.IsJson());
            if (page.IsJson)
            {
                page.Report(new TokenReport(token), CliJson.Default.TokenReport);
            }
            else
            {
                page.Raw(token);
            }

            return ExitCodes.Well;
        });
        return command;
    }
}

/// <summary>What <c>cfaccess token --json</c> gives.</summary>
internal sealed record TokenReport(string Token);

/// <summary>What the emulator is asked for, as its mint takes it.</summary>
internal sealed record TokenWish(string? Email, string[]? Groups, string? ClientId, string? Audience, string? Wrong)
{
    /// <exception cref="CliException">It is nobody's, or more than one's.</exception>
    public void Check()
    {
        if (((string?[])[Email, ClientId, Wrong]).Count(one => one is not null) != 1)
        {
            throw CliException.WrongUse("Say whose token: one of --email, --service and --wrong.");
        }

        if ((Groups is not null && Email is null) || (Audience is not null && Wrong is not null))
        {
            throw CliException.WrongUse("--group goes with --email, and --audience with --email or --service.");
        }
    }
}
