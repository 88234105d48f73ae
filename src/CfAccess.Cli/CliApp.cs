using System.CommandLine;
using System.CommandLine.Invocation;
using CfAccess.Cli.CommandLine;
using CfAccess.Cli.Output;

namespace CfAccess.Cli;

/// <summary>Runs one command. Whatever happens, it ends with an exit code and at most one sentence, never with a stack trace.</summary>
internal static class CliApp
{
    /// <summary>What a command gets to end by itself on Ctrl+C, with an exit code of its own.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string[] args, Surroundings surroundings, CancellationToken cancellationToken = default)
    {
        try
        {
            var root = CommandTree.Make(surroundings);

            // No response files: an argument that begins with @ is an argument.
            var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Action is ParseErrorAction)
            {
                // A script that asks for JSON cannot use the help.
                if (ParseErrors.IsCommandMissing(parsed) && !args.Contains(CommonOptions.JsonName))
                {
                    return await RunAsync([.. args, "--help"], surroundings, cancellationToken);
                }

                throw CliException.WrongUse(ParseErrors.Sentence(parsed, args));
            }

            var configuration = new InvocationConfiguration
            {
                Output = surroundings.Out,
                Error = surroundings.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = Farewell,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (CliException exception)
        {
            return Refuse(exception.ExitCode, exception.Message);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception exception)
        {
            // Its message may quote what was given, a token among it.
            return Refuse(ExitCodes.Defect, $"This is a defect of cfaccess: it met {exception.GetType().Name} where it should not. Please report it.");
        }

        int Refuse(int exitCode, string sentence)
        {
            Page.Failure(surroundings, args.Contains(CommonOptions.JsonName), sentence, exitCode);
            return exitCode;
        }
    }
}
