namespace CfAccess.Cli.CommandLine;

/// <summary>What a message may quote of a command line, on which a token or a secret may stand in any place.</summary>
internal static class Quoted
{
    private const string Hidden = "…";

    /// <summary>No path or address that is worth quoting is longer.</summary>
    private const int Longest = 200;

    /// <summary>What stands between two dots, colons or slashes of a host or a path is seldom longer; a part of a token is.</summary>
    private const int LongestPiece = 30;

    /// <summary>The value, or … where it may be a token or hold a password.</summary>
    public static string Value(string value) => IsShown(value) ? value : Hidden;

    /// <summary>The name before what follows it by <c>=</c> or <c>:</c>.</summary>
    public static string NameOf(string argument)
    {
        var end = argument.AsSpan().IndexOfAny('=', ':');
        return Value(end < 0 ? argument : argument[..end]);
    }

    /// <summary>The arguments, and what follows a name in them, that no message may have; the longest first.</summary>
    public static IEnumerable<string> HiddenOf(IEnumerable<string> arguments) => arguments
        .SelectMany(argument => (string[])[argument, argument[(argument.AsSpan().IndexOfAny('=', ':') + 1)..]])
        .Where(text => !IsShown(text))
        .OrderByDescending(text => text.Length);

    private static bool IsShown(string value) =>
        value.Length <= Longest
        && !value.Contains("eyJ", StringComparison.Ordinal)
        && !value.Contains('@', StringComparison.Ordinal)
        && Array.TrueForAll(value.Split('.', ':', '/', '\\'), piece => piece.Length <= LongestPiece);
}
