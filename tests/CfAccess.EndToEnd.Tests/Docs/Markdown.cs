using System.Text.RegularExpressions;
using CfAccess.Testing;

namespace CfAccess.EndToEnd.Tests.Docs;

/// <summary>A page of the documentation.</summary>
/// <param name="Path">From the top of the repository.</param>
internal sealed partial record Markdown(string Path)
{
    /// <summary>README.md, the pages below docs and the packages' own.</summary>
    public static IReadOnlyList<string> Paths { get; } =
    [
        "README.md",
        "SECURITY.md",
        .. In("docs", "*.md", SearchOption.TopDirectoryOnly),
        .. In("src", "README.md", SearchOption.AllDirectories),
    ];

    public string Text { get; } = File.ReadAllText(RepositoryFile.Find(Path)).ReplaceLineEndings("\n");

    /// <summary>What stands between the fences of a language.</summary>
    public IEnumerable<string> Blocks(string language) =>
        Fence.Matches(Text).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["text"].Value);

    /// <summary>The rows of all tables, each as its cells; without the heads.</summary>
    /// <param name="heading">The text of the heading that the tables stand under.</param>
    public IEnumerable<string[]> Rows(string heading)
    {
        var section = Section(heading).Split('\n');
        for (var line = 0; line < section.Length; line++)
        {
            // The line below the head, and the head itself, are no rows.
            var isHead = line + 1 < section.Length && Rule.IsMatch(section[line + 1]);
            if (section[line].StartsWith("| ", StringComparison.Ordinal) && !isHead)
            {
                yield return [.. section[line].Trim()[1..^1].Split('|', StringSplitOptions.TrimEntries)];
            }
        }
    }

    /// <summary>What stands under a heading, up to the next of its rank or above.</summary>
    public string Section(string heading)
    {
        var match = Regex.Match(Text, $"^(#+) {Regex.Escape(heading)}$(?<text>.*?)(?=^#{{1,2}} |\\z)", RegexOptions.Multiline | RegexOptions.Singleline);
        return match.Success
            ? match.Groups["text"].Value
            : throw new InvalidOperationException($"{Path} has no heading '{heading}'.");
    }

    /// <summary>The addresses of links and pictures that lead into the repository.</summary>
    public IEnumerable<string> Links() => Link.Matches(Fence.Replace(Text, string.Empty))
        .Select(link => link.Groups["to"].Value)
        .Where(to => !to.Contains("://", StringComparison.Ordinal) && !to.StartsWith("mailto:", StringComparison.Ordinal));

    /// <summary>What the headings are called in a link.</summary>
    public IEnumerable<string> Anchors() => Heading.Matches(Fence.Replace(Text, string.Empty))
        .Select(heading => NoWord.Replace(heading.Groups[1].Value.ToLowerInvariant(), string.Empty).Replace(' ', '-'));

    [GeneratedRegex("^[ ]*```(?<language>\\w*)\n(?<text>.*?)^[ ]*```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence { get; }

    [GeneratedRegex("\\]\\((?<to>[^)\\s]+)\\)|(?:src|srcset)=\"(?<to>[^\"]+)\"")]
    private static partial Regex Link { get; }

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading { get; }

    [GeneratedRegex("[^\\w \\-]")]
    private static partial Regex NoWord { get; }

    [GeneratedRegex("^\\|(?:-+\\|)+\\s*$")]
    private static partial Regex Rule { get; }

    private static IEnumerable<string> In(string folder, string pattern, SearchOption depth)
    {
        var top = RepositoryFile.Find(string.Empty);
        return Directory.EnumerateFiles(System.IO.Path.Combine(top, folder), pattern, depth)
            .Select(file => System.IO.Path.GetRelativePath(top, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
    }
}
