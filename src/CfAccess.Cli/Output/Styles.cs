using Spectre.Console;

namespace CfAccess.Cli.Output;

/// <summary>The few looks of text. Colours are those of the terminal's own palette, and none of them says anything that words do not.</summary>
internal static class Styles
{
    public static Style Well { get; } = new(Color.Green);

    public static Style Wrong { get; } = new(Color.Red, decoration: Decoration.Bold);

    public static Style Notice { get; } = new(Color.Olive);

    public static Style Strong { get; } = new(decoration: Decoration.Bold);

    public static Style Faint { get; } = new(decoration: Decoration.Dim);
}
