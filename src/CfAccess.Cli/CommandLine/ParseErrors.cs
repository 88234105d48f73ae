using System.CommandLine;
using System.CommandLine.Parsing;

namespace CfAccess.Cli.CommandLine;

/// <summary>Tells in one sentence what is wrong with a command line, without quoting what may be a token or a secret.</summary>
internal static class ParseErrors
{
    public static string Sentence(ParseResult parsed, IEnumerable<string> args)
    {
        var message = Mistyped(parsed) ?? string.Join(' ', parsed.Errors.Select(error => error.Message));
        foreach (var hidden in Quoted.HiddenOf(args))
        {
            message = message.Replace(hidden, "…", StringComparison.Ordinal);
        }

        // The library's own messages have line breaks.
        var line = string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return $"{line} See {PathOf(parsed.CommandResult)} --help.";
    }

    /// <summary>Whether the command line ends at a command that only has commands below it.</summary>
    public static bool IsCommandMissing(ParseResult parsed) =>
        parsed.CommandResult.Command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count == 0;

    /// <summary>What is wrong with an argument that looks like an option.</summary>
    public static string NotAnOption(string argument, CommandResult command)
    {
        var name = Quoted.NameOf(argument);
        return $"{name} is not an option.{Suggestion.For(name, OptionsOf(command))}";
    }

    private static string? Mistyped(ParseResult parsed) => parsed.UnmatchedTokens switch
    {
        [['-', ..] option, ..] => NotAnOption(option, parsed.CommandResult),
        [var command, ..] when parsed.CommandResult.Command.Subcommands is { Count: > 0 } commands =>
            $"{Quoted.Value(command)} is not a command.{Suggestion.For(Quoted.Value(command), commands.Select(one => one.Name))}",
        _ => null,
    };

    /// <summary>The options of a command, and those of the commands above it that are valid below.</summary>
    private static IEnumerable<string> OptionsOf(CommandResult command) => Upward(command)
        .SelectMany(one => one.Options.Where(option => option.Recursive || one == command.Command))
        .Select(option => option.Name);

    private static string PathOf(CommandResult command) =>
        string.Join(' ', Upward(command).Reverse().Select(one => one is RootCommand ? "cfaccess" : one.Name));

    private static IEnumerable<Command> Upward(SymbolResult? result)
    {
        for (; result is not null; result = result.Parent)
        {
            if (result is CommandResult command)
            {
                yield return command.Command;
            }
        }
    }
}
