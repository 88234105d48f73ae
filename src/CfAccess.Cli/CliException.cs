namespace CfAccess.Cli;

/// <summary>Ends a command with one sentence for the person who called it, and an exit code.</summary>
internal sealed class CliException(int exitCode, string sentence) : Exception(sentence)
{
    public int ExitCode { get; } = exitCode;

    public static CliException WrongUse(string sentence) => new(ExitCodes.WrongUse, sentence);

    public static CliException Unreachable(string sentence) => new(ExitCodes.Unreachable, sentence);
}
