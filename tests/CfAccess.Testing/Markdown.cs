using System.Text.RegularExpressions;

namespace CfAccess.Testing;

/// <summary>A page of the documentation.</summary>
/// <param name="Path">From the top of the repository.</param>
public sealed partial record Markdown(string Path)
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

    /// <summary>The code blocks of a language.</summary>
    public IEnumerable<string> Blocks(string language) =>
        Fence.Matches(Text).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["text"].Value);

    /// <summary>The tables, each as its rows without the head, each row as its cells.</summary>
    public IEnumerable<IReadOnlyList<string[]>> Tables() => Table.Matches(Text).Select(table => table.Groups["row"].Captures
        .Select(row => row.Value.Trim()[1..^1].Split('|', StringSplitOptions.TrimEntries)).ToList());

    /// <summary>The rows of all tables, each as its cells.</summary>
    public IEnumerable<string[]> Rows() => Tables().SelectMany(table => table);

    /// <summary>What the text shows as code: the words between backticks.</summary>
    public static IEnumerable<string> Words(string text) => Word.Matches(text).Select(word => word.Groups[1].Value);

    /// <summary>The addresses of links and pictures that lead into the repository.</summary>
    public IEnumerable<string> Links() => Link.Matches(Fence.Replace(Text, string.Empty))
        .Select(link => link.Groups["to"].Value)
        .Where(to => !to.Contains("://", StringComparison.Ordinal) && !to.StartsWith("mailto:", StringComparison.Ordinal));

    /// <summary>The names of the headings in a link.</summary>
    public IEnumerable<string> Anchors() => Heading.Matches(Fence.Replace(Text, string.Empty))
        .Select(heading => NoWord.Replace(heading.Groups[1].Value.ToLowerInvariant(), string.Empty).Replace(' ', '-'));

    [GeneratedRegex("^[ ]*```(?<language>\\w*)\n(?<text>.*?)^[ ]*```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence { get; }

    [GeneratedRegex("\\]\\((?<to>[^)\\s]+)\\)|(?:src|srcset)=\"(?<to>[^\"]+)\"")]
    private static partial Regex Link { get; }

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading { get; }

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Word { get; }

    [GeneratedRegex("[^\\w \\-]")]
    private static partial Regex NoWord { get; }

    [GeneratedRegex("^\\|(?:-+\\|)+\n(?<row>\\|.*(?:\n|\\z))+", RegexOptions.Multiline)]
    private static partial Regex Table { get; }

    private static IEnumerable<string> In(string folder, string pattern, SearchOption depth)
    {
        var top = RepositoryFile.Find(string.Empty);
        return Directory.EnumerateFiles(System.IO.Path.Combine(top, folder), pattern, depth)
            .Select(file => System.IO.Path.GetRelativePath(top, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
    }
}
