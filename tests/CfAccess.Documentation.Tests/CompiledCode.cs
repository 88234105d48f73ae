using CfAccess.Testing;

namespace CfAccess.Documentation.Tests;

/// <summary>
/// The code that pages may show: that of the samples, and of this folder, where <c>Snippets</c> holds what is shown and run nowhere else.
/// </summary>
internal static class CompiledCode
{
    private static readonly string[] Folders = ["tests/CfAccess.Documentation.Tests", "samples"];

    private static readonly Lazy<IReadOnlyList<string[]>> Files = new(() => [.. Folders.SelectMany(In).Select(Lines)]);

    /// <summary>
    /// Whether the code is part of one file: its <c>using</c> lines anywhere, all else as consecutive lines. Indentation and empty lines do
    /// not count, nor does the file's namespace.
    /// </summary>
    public static bool Contains(string code)
    {
        var lines = Lines(code);
        var usings = lines.TakeWhile(IsUsing).ToArray();
        var rest = lines[usings.Length..];
        return lines.Length > 0 && Files.Value.Any(file => usings.All(file.Contains) && Follows(file, rest));
    }

    private static bool Follows(string[] file, string[] lines) =>
        lines.Length == 0 || Enumerable.Range(0, Math.Max(0, file.Length - lines.Length + 1))
            .Any(start => file.AsSpan(start, lines.Length).SequenceEqual(lines));

    private static bool IsUsing(string line) => line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains('=') && !line.Contains("var ");

    private static string[] Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("namespace ", StringComparison.Ordinal))];

    private static IEnumerable<string> In(string folder) =>
        Directory.EnumerateFiles(RepositoryFile.Find(folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Select(File.ReadAllText)
            .Where(text => !text.Split('\n').Any(HidesText));

    /// <summary>Whether text that no compiler reads can follow: what is switched off, a long comment, a text of several lines.</summary>
    private static bool HidesText(string line)
    {
        var code = line.Split("//")[0];
        return code.Contains("#if", StringComparison.Ordinal)
            || code.Contains("/*", StringComparison.Ordinal)
            || code.Contains("\"\"\"", StringComparison.Ordinal);
    }
}
