using System.Buffers;

namespace CfAccess.ApiShield.Documents;

/// <summary>Whether a text of configuration is a document or the path of one.</summary>
internal static class ConfiguredText
{
    /// <summary>What JSON has and no path needs. Such a text may be a document with a slip at its beginning, and hold a secret.</summary>
    private static readonly SearchValues<char> OfNoPath =
        SearchValues.Create(['{', '"', .. Enumerable.Range(0, ' ').Select(code => (char)code)]);

    /// <summary>Whether the text begins with <c>[</c> or <c>{</c>, after a byte order mark, white space and comments.</summary>
    public static bool IsJson(ReadOnlySpan<char> text)
    {
        while (true)
        {
            text = text.TrimStart('\uFEFF').TrimStart();
            var end = text switch
            {
                ['/', '/', ..] => "\n",
                ['/', '*', ..] => "*/",
                _ => null,
            };
            var at = end is null ? -1 : text.IndexOf(end, StringComparison.Ordinal);
            if (at < 0)
            {
                return text is ['[' or '{', ..];
            }

            text = text[(at + end!.Length)..];
        }
    }

    public static bool CanBePath(ReadOnlySpan<char> text) => !text.ContainsAny(OfNoPath);
}
