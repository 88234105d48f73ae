using System.Text;

namespace CfAccess.Cli.Output;

/// <summary>The marks before a step, in plain letters where the output has no others.</summary>
internal sealed record Glyphs(string Well, string Wrong, string Open)
{
    private static readonly Glyphs Signs = new("✓", "✗", "–");
    private static readonly Glyphs Letters = new("ok  ", "FAIL", "-   ");

    public static Glyphs For(Encoding encoding)
    {
        var all = Signs.Well + Signs.Wrong + Signs.Open;
        try
        {
            // There and back: a Windows console has code pages that .NET cannot look up, and that turn what they lack into something else.
            return encoding.GetString(encoding.GetBytes(all)) == all ? Signs : Letters;
        }
        catch (EncoderFallbackException)
        {
            return Letters;
        }
    }

    public string Of(StepState state) => state switch
    {
        StepState.Well => Well,
        StepState.Wrong => Wrong,
        _ => Open,
    };
}
