using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace CfAccess.Cli.CommandLine;

/// <summary>The usual help, under the name that the tool is called by, and examples below it.</summary>
internal sealed class ExamplesHelp(HelpAction usual) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var output = parseResult.InvocationConfiguration.Output;
        parseResult.InvocationConfiguration.Output = text;
        var exitCode = usual.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;

        // The library knows the name of the file that runs, not of the command that ran it.
        var help = text.ToString().Replace($"  {RootCommand.ExecutableName} ", "  cfaccess ", StringComparison.Ordinal).TrimEnd();
        output.WriteLine(help);
        if (Examples.Of(parseResult.CommandResult.Command.Name) is { Length: > 0 } examples)
        {
            output.WriteLine();
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine("  " + example);
            }
        }

        return exitCode;
    }
}
