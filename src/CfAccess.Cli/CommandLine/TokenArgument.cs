using System.CommandLine;
using System.CommandLine.Parsing;
using CfAccess.Cli.Tokens;

namespace CfAccess.Cli.CommandLine;

/// <summary>The token as an argument.</summary>
internal static class TokenArgument
{
    /// <summary>Takes any number, since a token that was pasted with blanks in it comes in pieces.</summary>
    public static Argument<string[]> Make()
    {
        var argument = new Argument<string[]>("TOKEN")
        {
            Description = "The token, or - for standard input. As an argument it stays in the shell's history: better give it on standard input, by --header or in CFACCESS_TOKEN.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        argument.Validators.Add(RefuseOptions);
        return argument;
    }

    /// <summary>A mistyped option would be taken for a piece of the token, and what follows it for another.</summary>
    private static void RefuseOptions(ArgumentResult result)
    {
        foreach (var piece in result.Tokens.Select(token => token.Value))
        {
            if (piece.StartsWith('-') && piece != TokenInput.StandardInput)
            {
                result.AddError(ParseErrors.NotAnOption(piece, (CommandResult)result.Parent!));
                return;
            }
        }
    }
}
