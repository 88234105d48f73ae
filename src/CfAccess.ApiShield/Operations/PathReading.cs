using System.Buffers;
using System.Text;

namespace CfAccess.ApiShield.Operations;

/// <summary>
/// The paths that a server behind the application could read in a path. ASP.NET Core takes a path as Kestrel decodes it. A server that it proxies
/// to can decode escapes again, take a backslash for a slash, cut path parameters (from a semicolon to the next slash), merge slashes, resolve
/// <c>.</c> and <c>..</c>, and end the path at a question mark. Each server does some of that, in its own order. The order matters:
/// <c>/accounts;%2Fx/1</c> is <c>/accounts/1</c> if parameters are cut first, and <c>/accounts/x/1</c> if escapes are decoded first.
/// </summary>
internal static class PathReading
{
    /// <summary>Paths of ordinary clients have a few readings. The bounds keep the work for any path small.</summary>
    public const int Most = 64;

    private const int MostCharacters = 64 * 1024;

    private static readonly SearchValues<char> Doubtful = SearchValues.Create("%\\;?#");
    private static readonly SearchValues<string> DoubtfulPairs = SearchValues.Create(["//", "/."], StringComparison.Ordinal);

    private static readonly Func<string, string>[] Steps = [Decode, ReplaceBackslashes, CutParameters, MergeSlashes, ResolveDots, EndAtQuery];

    /// <summary>Whether the path can be read in another way.</summary>
    public static bool IsDoubtful(ReadOnlySpan<char> path) => path.ContainsAny(Doubtful) || path.ContainsAny(DoubtfulPairs);

    /// <summary>Adds the paths that any steps, in any order, make of the paths in a list.</summary>
    /// <returns>Whether the list has all of them; false if there are too many.</returns>
    public static bool TryAddAll(List<string> paths)
    {
        var characters = paths.Sum(path => path.Length);
        for (var index = 0; index < paths.Count; index++)
        {
            foreach (var step in Steps)
            {
                var other = step(paths[index]);
                if (paths.Contains(other))
                {
                    continue;
                }

                characters += other.Length;
                if (paths.Count == Most || characters > MostCharacters)
                {
                    return false;
                }

                paths.Add(other);
            }
        }

        return true;
    }

    private static string Decode(string path) => path.Contains('%') ? Uri.UnescapeDataString(path) : path;

    private static string ReplaceBackslashes(string path) => path.Replace('\\', '/');

    private static string CutParameters(string path)
    {
        if (!path.Contains(';'))
        {
            return path;
        }

        var kept = new StringBuilder(path.Length);
        foreach (var segment in path.AsSpan().Split('/'))
        {
            var written = path.AsSpan(segment);
            var end = written.IndexOf(';');
            kept.Append(end < 0 ? written : written[..end]).Append('/');
        }

        return kept.ToString(0, kept.Length - 1);
    }

    private static string MergeSlashes(string path)
    {
        while (path.Contains("//", StringComparison.Ordinal))
        {
            path = path.Replace("//", "/", StringComparison.Ordinal);
        }

        return path;
    }

    /// <summary>As in RFC 3986, section 5.2.4: an empty segment is a segment.</summary>
    public static string ResolveDots(string path)
    {
        if (!path.Contains("/.", StringComparison.Ordinal))
        {
            return path;
        }

        List<string> segments = [];
        var isFolder = false;
        foreach (var segment in path.Split('/').Skip(1))
        {
            isFolder = segment is "." or "..";
            if (!isFolder)
            {
                segments.Add(segment);
            }
            else if (segment == ".." && segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }
        }

        return "/" + string.Join('/', segments) + (isFolder && segments.Count > 0 ? "/" : string.Empty);
    }

    private static string EndAtQuery(string path) => path.AsSpan().IndexOfAny('?', '#') is >= 0 and var end ? path[..end] : path;
}
