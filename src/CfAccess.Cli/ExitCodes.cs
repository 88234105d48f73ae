namespace CfAccess.Cli;

/// <summary>What the process ends with; the same for all commands, and told in docs/cli.md.</summary>
internal static class ExitCodes
{
    /// <summary>The token is valid, all is well, what was asked for was done.</summary>
    public const int Well = 0;

    /// <summary>The token is refused, something is wrong.</summary>
    public const int Refused = 1;

    /// <summary>The command was used wrongly.</summary>
    public const int WrongUse = 2;

    /// <summary>The keys, or the other side, are not to be had.</summary>
    public const int Unreachable = 3;

    /// <summary>A defect of this tool.</summary>
    public const int Defect = 70;

    /// <summary>Ended by Ctrl+C before it was done, as shells have it.</summary>
    public const int Interrupted = 130;
}
