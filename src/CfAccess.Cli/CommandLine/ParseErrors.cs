using System.CommandLine;

namespace CfAccess.Cli.CommandLine;

/// <summary>Tells in one sentence what is wrong with a command line, without quoting what may be a token or a secret.</summary>
internal static class ParseErrors
{
    public static string Sentence(ParseResult parsed, IEnumerable<string> args)
    {
        var message = string.Join(' ', parsed.Errors.Select(error => error.Message));
        foreach (var hidden in Quoted.HiddenOf(args))
        {
            message = message.Replace(hidden, "…", StringComparison.Ordinal);
        }

        var command = parsed.CommandResult.Command is RootCommand ? string.Empty : parsed.CommandResult.Command.Name + " ";
        return $"{message} See cfaccess {command}--help.";
    }
}
