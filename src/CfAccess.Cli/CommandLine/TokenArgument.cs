using System.CommandLine;

namespace CfAccess.Cli.CommandLine;

/// <summary>The token as an argument.</summary>
internal static class TokenArgument
{
    /// <summary>Takes any number, since a token that was pasted with blanks in it comes in pieces.</summary>
    public static Argument<string[]> Make() => new("TOKEN")
    {
        Description = "The token, or - for standard input. As an argument it stays in the shell's history: better give it on standard input, by --header or in CFACCESS_TOKEN.",
        Arity = ArgumentArity.ZeroOrMore,
    };
}
