namespace CfAccess.Emulator.Endpoints;

/// <summary>Where a login leads back to: a path of this very host, whatever the request asked for.</summary>
internal static class ReturnPath
{
    private const string Home = "/";

    public static string Of(string? wanted) => wanted is ['/', ..] and not ['/', '/' or '\\', ..] && wanted.All(IsPrintable)
        ? wanted
        : Home;

    /// <summary>A browser drops tabs and line ends, which could make two slashes of what looks like one.</summary>
    private static bool IsPrintable(char character) => character is > ' ' and <= '~';
}
