using System.Globalization;
using System.Text.RegularExpressions;

namespace CfAccess.ApiShield.Tests.Rules;

/// <summary>
/// What servers behind the application can make of a path. Each server is a list of steps: it decodes up to three times, cuts path parameters or
/// not before and after each time, takes a backslash for a slash or not, and cleans the path up in its own way at the end. Written with regular
/// expressions, so that it has nothing in common with the library.
/// </summary>
internal static partial class ReferenceServers
{
    private const int MostDecodings = 3;

    private static readonly Func<string, string>[] Cleanups =
    [
        path => path,
        Merge,
        ResolveDots,
        path => ResolveDots(Merge(path)),
        path => Merge(ResolveDots(path)),
        path => ResolveDots(Query.Replace(path, string.Empty)),
    ];

    /// <returns>All paths that a server could read, without an empty last segment.</returns>
    public static IReadOnlySet<string> ReadAll(string path)
    {
        HashSet<string> read = [];
        for (var decodings = 0; decodings <= MostDecodings; decodings++)
        {
            for (var cuts = 0; cuts < 1 << (decodings + 1); cuts++)
            {
                for (var slashes = 0; slashes <= decodings + 1; slashes++)
                {
                    var result = Read(path, decodings, cuts, slashes);
                    read.UnionWith(Cleanups.Select(cleanup => cleanup(result)));
                }
            }
        }

        return read;
    }

    private static string Read(string path, int decodings, int cuts, int slashes)
    {
        for (var step = 0; step <= decodings; step++)
        {
            path = step > 0 ? Escape.Replace(path, Decode) : path;
            path = (cuts & (1 << step)) != 0 ? Parameter.Replace(path, string.Empty) : path;
            path = slashes == step ? path.Replace('\\', '/') : path;
        }

        return path;
    }

    private static string Decode(Match escape) =>
        ((char)int.Parse(escape.ValueSpan[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString();

    private static string Merge(string path) => Slashes.Replace(path, "/");

    private static string ResolveDots(string path)
    {
        for (var before = string.Empty; before != path;)
        {
            before = path;
            path = OneDot.Replace(path, "/", 1);
            path = LeadingDots.Replace(path, "/", 1);
            path = OneDot.IsMatch(path) ? path : TwoDots.Replace(path, "/", 1);
        }

        return path;
    }

    /// <summary>Only ASCII: a longer sequence of UTF-8 is never a slash, a dot or a semicolon.</summary>
    [GeneratedRegex("%[0-7][0-9a-fA-F]")]
    private static partial Regex Escape { get; }

    [GeneratedRegex(";[^/]*")]
    private static partial Regex Parameter { get; }

    /// <summary>A proxy that adds a decoded path to an address makes a query of a question mark.</summary>
    [GeneratedRegex("[?#].*$")]
    private static partial Regex Query { get; }

    [GeneratedRegex("//+")]
    private static partial Regex Slashes { get; }

    [GeneratedRegex("/\\.(?:/|$)")]
    private static partial Regex OneDot { get; }

    [GeneratedRegex("^/\\.\\.(?:/|$)")]
    private static partial Regex LeadingDots { get; }

    [GeneratedRegex("/(?!\\.\\.(?:/|$))[^/]*/\\.\\.(?:/|$)")]
    private static partial Regex TwoDots { get; }
}
