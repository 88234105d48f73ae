using System.Globalization;
using System.Text;

namespace CfAccess.Cli.Output;

/// <summary>Makes what comes from a token, a file or a server fit for a terminal, which obeys control characters.</summary>
internal static class Printable
{
    private const int Longest = 400;

    /// <summary>The text, shortened, with everything that is not to be seen as an escape such as <c>\u001B</c>.</summary>
    public static string Of(string text, int longest = Longest)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= longest)
            {
                return shown.Append('…').ToString();
            }

            if (IsSeen(rune))
            {
                shown.Append(rune);
            }
            else
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
            }
        }

        return shown.ToString();
    }

    /// <summary>Not: control characters, what turns the direction of text, what has no width, half a surrogate pair (as U+FFFD).</summary>
    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate
        or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned);
}
