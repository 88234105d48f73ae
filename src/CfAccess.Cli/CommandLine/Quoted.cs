namespace CfAccess.Cli.CommandLine;

/// <summary>What a message may quote of a command line, on which a token or a secret may stand in any place.</summary>
internal static class Quoted
{
    private const string Hidden = "…";

    /// <summary>No option and no team is longer; a token is.</summary>
    private const int LongestName = 40;

    /// <summary>The name before what follows it by <c>=</c> or <c>:</c>.</summary>
    public static string NameOf(string argument)
    {
        var end = argument.AsSpan().IndexOfAny('=', ':');
        var name = end < 0 ? argument : argument[..end];
        return name.Length <= LongestName ? name : Hidden;
    }
}
