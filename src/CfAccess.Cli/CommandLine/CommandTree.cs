using System.CommandLine;
using System.CommandLine.Help;
using CfAccess.Cli.Doctor;
using CfAccess.Cli.Emulate;
using CfAccess.Cli.Inspect;
using CfAccess.Cli.Keys;
using CfAccess.Cli.Rules;
using CfAccess.Cli.Verify;

namespace CfAccess.Cli.CommandLine;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    public static RootCommand Make(Surroundings surroundings)
    {
        var root = new RootCommand("Answers on your own machine why a Cloudflare Access token is refused. Nothing of a token is sent anywhere.")
        {
            VerifyCommand.Make(surroundings),
            InspectCommand.Make(surroundings),
            KeysCommand.Make(surroundings),
            DoctorCommand.Make(surroundings),
            EmulateCommand.Make(surroundings),
            TokenCommand.Make(surroundings),
            RulesCommand.Make(surroundings),
            CompletionCommand.Make(surroundings),
            CommonOptions.Json(),
        };

        // The name that completion asks by, whatever the file is called.
        root.Aliases.Add("cfaccess");
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExamplesHelp((HelpAction)help.Action!);
        return root;
    }
}
