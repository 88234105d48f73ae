using System.Buffers;

namespace CfAccess.ApiShield.Operations;

/// <summary>
/// A path as a server behind the application could read it: escapes decoded once more, backslashes as slashes, slashes in a row as one,
/// <c>.</c> and <c>..</c> resolved. ASP.NET Core does none of this to what Kestrel hands it, but what it proxies to may.
/// </summary>
internal static class PathReading
{
    private static readonly SearchValues<char> Doubtful = SearchValues.Create("%\\;");
    private static readonly SearchValues<string> DoubtfulPairs = SearchValues.Create(["//", "/."], StringComparison.Ordinal);

    /// <summary>Whether the path can be read in another way.</summary>
    public static bool IsDoubtful(ReadOnlySpan<char> path) => path.ContainsAny(Doubtful) || path.ContainsAny(DoubtfulPairs);

    /// <summary>The other reading.</summary>
    public static string Resolve(string path)
    {
        var decoded = Uri.UnescapeDataString(path).Replace('\\', '/');
        List<string> segments = [];
        foreach (var written in decoded.Split('/'))
        {
            // Servlet containers take what follows a semicolon for a parameter of the segment.
            var segment = written.Split(';')[0];
            if (segment == ".." && segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }
            else if (segment is not ("" or "." or ".."))
            {
                segments.Add(segment);
            }
        }

        return "/" + string.Join('/', segments);
    }
}
