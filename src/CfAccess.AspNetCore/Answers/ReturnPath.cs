using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore.Answers;

/// <summary>Path and query on this host that a login leads back to, never another host.</summary>
internal static class ReturnPath
{
    /// <summary>Once escaped again, in a header and in the address that Access sends the browser through. Longer ones lose their query.</summary>
    internal const int Longest = 2048;

    private const string Root = "/";

    /// <param name="wanted">What the application asked for; used if it is a path of this host.</param>
    /// <param name="path">The path of the request, with its base.</param>
    /// <param name="query">The query of the request.</param>
    public static string Of(string? wanted, PathString path, QueryString query)
    {
        var here = path.ToUriComponent();
        return new[] { wanted, here + query.ToUriComponent(), here }.FirstOrDefault(IsUsable) ?? Root;
    }

    /// <summary>Two slashes begin another host, and browsers take a backslash for a slash and drop tabs and line ends.</summary>
    private static bool IsUsable(string? path) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..]
        && path.All(character => character is > ' ' and <= '~')
        && Uri.EscapeDataString(path).Length <= Longest;
}
