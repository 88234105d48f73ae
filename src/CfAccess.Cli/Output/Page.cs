using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace CfAccess.Cli.Output;

/// <summary>
/// The one place that writes what a command found: as text, every piece of it made <see cref="Printable"/> and none of it read as markup, or
/// as JSON.
/// </summary>
internal sealed class Page
{
    private const int NameWidth = 13;
    private readonly Surroundings _surroundings;
    private readonly IAnsiConsole _console;
    private readonly Glyphs _glyphs;

    public Page(Surroundings surroundings, bool isJson)
    {
        (_surroundings, IsJson) = (surroundings, isJson);
        _console = ConsoleOf(surroundings, surroundings.Out);
        _glyphs = Glyphs.For(surroundings.Out.Encoding);
    }

    public bool IsJson { get; }

    /// <summary>Writes a report: as JSON where that was asked for, else as text.</summary>
    public void Report<T>(T report, JsonTypeInfo<T> json, Action<Page> asText)
    {
        if (IsJson)
        {
            _surroundings.Out.WriteLine(JsonSerializer.Serialize(report, json));
        }
        else
        {
            asText(this);
        }
    }

    /// <summary>Writes what is JSON by its nature.</summary>
    public void Report<T>(T report, JsonTypeInfo<T> json) => _surroundings.Out.WriteLine(JsonSerializer.Serialize(report, json));

    /// <summary>Says in one sentence why there is no report.</summary>
    public static void Failure(Surroundings surroundings, bool isJson, string sentence, int exitCode)
    {
        if (isJson)
        {
            surroundings.Out.WriteLine(JsonSerializer.Serialize(new FailureReport(sentence, exitCode), CliJson.Default.FailureReport));
        }
        else
        {
            ConsoleOf(surroundings, surroundings.Error).Write(new Text(Printable.Of(sentence, int.MaxValue) + "\n"));
        }
    }

    /// <summary>Writes what is no report but a thing to be used: a token, a script, a key.</summary>
    public void Raw(string text) => _surroundings.Out.WriteLine(text);

    public void Blank() => _console.WriteLine();

    public void Verdict(bool isWell, string text) => Verdict(isWell ? StepState.Well : StepState.Wrong, text);

    public void Verdict(StepState state, string text)
    {
        Write((_glyphs.Of(state).TrimEnd() + " ", StyleOf(state)), (text, Styles.Strong));
    }

    public void Warning(string text) => Write(default, (text, Styles.Notice));

    public void Note(string text) => Write(default, (text, Styles.Faint));

    /// <summary>What to do about something.</summary>
    public void Advice(string text, string? about = null)
    {
        Write(default, (about is null ? "What to do" : $"What to do about {about}", Styles.Strong));
        Write(("  ", Style.Plain), (text, Style.Plain));
    }

    public void Field(string name, string value, string? remark = null) =>
        Write(("  " + name.PadRight(NameWidth), Styles.Faint), (value, Style.Plain), (Beside(remark), Styles.Faint));

    public void Step(StepState state, string name, string? seen, string? remark = null)
    {
        var style = state == StepState.Open ? Styles.Faint : Style.Plain;
        Write(
            (_glyphs.Of(state) + " ", StyleOf(state)),
            (name.PadRight(NameWidth), state == StepState.Wrong ? Styles.Strong : style),
            (seen ?? string.Empty, style),
            (Beside(remark), Styles.Faint));
    }

    /// <summary>A line that belongs to the step above it.</summary>
    public void Below(string name, string text) =>
        Write((new string(' ', NameWidth + 2) + name.PadRight(9), Styles.Faint), (text, Style.Plain));

    /// <summary>Text of several lines that was made here, such as indented JSON.</summary>
    public void Lines(string text)
    {
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            Write(default, (line, Style.Plain));
        }
    }

    private static string Beside(string? remark) => remark is null ? string.Empty : "  " + remark;

    private static Style StyleOf(StepState state) => state switch
    {
        StepState.Well => Styles.Well,
        StepState.Wrong => Styles.Wrong,
        _ => Styles.Faint,
    };

    private static IAnsiConsole ConsoleOf(Surroundings surroundings, TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = surroundings.Ansi,
            ColorSystem = surroundings.Ansi == AnsiSupport.No ? ColorSystemSupport.NoColors : ColorSystemSupport.Standard,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = surroundings.Width ?? console.Profile.Width;
        return console;
    }

    /// <summary>Writes a line; where the terminal is too narrow for it, what is broken off stands below the text, not below the margin.</summary>
    private void Write((string Text, Style Style) margin, params ReadOnlySpan<(string Text, Style Style)> pieces)
    {
        var text = new Paragraph { Overflow = Overflow.Fold };
        foreach (var piece in pieces)
        {
            text.Append(Printable.Of(piece.Text, int.MaxValue), piece.Style);
        }

        if (margin.Text is null)
        {
            _console.Write(text);
            _console.WriteLine();
            return;
        }

        var line = new Grid { Expand = false };
        line.AddColumn(new GridColumn { NoWrap = true, Width = margin.Text.Length, Padding = new Padding(0) });
        line.AddColumn(new GridColumn { Padding = new Padding(0) });
        line.AddRow(new Text(margin.Text, margin.Style), text);
        _console.Write(line);
    }
}
