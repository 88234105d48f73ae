using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace CfAccess.Cli.Tests.Output;

/// <summary>Draws what a terminal shows, colours included, as an SVG: the same text gives the same picture, on any machine.</summary>
internal static partial class TerminalPicture
{
    private const int Columns = 100;
    private const double CellWidth = 8.4;
    private const int LineHeight = 20;
    private const int Margin = 20;

    /// <summary>One that no viewer takes for less than it is.</summary>
    private const char HardBlank = '\u00a0';

    private const string Plain = "#d7dae0";

    public static string Draw(string command, string output)
    {
        var lines = $"\u001b[1m$ {command}\u001b[0m\n{output.TrimEnd()}".ReplaceLineEndings("\n").Split('\n');
        var width = (Columns * CellWidth) + (2 * Margin);
        var height = (lines.Length * LineHeight) + (2 * Margin) - 4;
        var picture = new StringBuilder();
        Append(picture, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">""");
        Append(picture, $"<title>{WebUtility.HtmlEncode(command)}</title>");
        Append(picture, $"""<rect width="{width}" height="{height}" rx="8" fill="#15181c"/>""");
        picture.Append("<g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"14\">\n");
        for (var line = 0; line < lines.Length; line++)
        {
            DrawLine(picture, lines[line], Margin + 12 + (line * LineHeight));
        }

        return picture.Append("</g>\n</svg>\n").ToString();
    }

    [GeneratedRegex("\u001b\\[([0-9;]*)m")]
    private static partial Regex Sequence { get; }

    private static void DrawLine(StringBuilder picture, string line, int y)
    {
        var (look, column, position) = (new Look(Plain, IsBold: false, IsDim: false), 0, 0);
        foreach (Match sequence in Sequence.Matches(line))
        {
            DrawPiece(line[position..sequence.Index]);
            look = sequence.Groups[1].Value.Split(';').Aggregate(look, (now, code) => now.With(code));
            position = sequence.Index + sequence.Length;
        }

        DrawPiece(line[position..]);

        void DrawPiece(string text)
        {
            var shown = text.TrimEnd(' ');
            if (shown.Length > 0)
            {
                var style = (look.IsBold ? " font-weight=\"bold\"" : string.Empty) + (look.IsDim ? " opacity=\"0.6\"" : string.Empty);
                Append(
                    picture,
                    $"""<text x="{Margin + (column * CellWidth):0.#}" y="{y}" textLength="{shown.Length * CellWidth:0.#}" fill="{look.Colour}"{style}>{WebUtility.HtmlEncode(shown).Replace(' ', HardBlank)}</text>""");
            }

            column += text.Length;
        }
    }

    private static void Append(StringBuilder picture, FormattableString line) => picture.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private sealed record Look(string Colour, bool IsBold, bool IsDim)
    {
        public Look With(string code) => code switch
        {
            "" or "0" => new(Plain, IsBold: false, IsDim: false),
            "1" => this with { IsBold = true },
            "2" => this with { IsDim = true },
            "31" or "91" => this with { Colour = "#ff6b6b" },
            "32" or "92" => this with { Colour = "#69db7c" },
            "33" or "93" => this with { Colour = "#ffd43b" },
            _ => throw new InvalidOperationException($"The picture knows no look for the code {code}."),
        };
    }
}
