using System.Text;

namespace CfAccess.Cli.Output;

/// <summary>The marks before a step, in plain letters where the output has no others.</summary>
internal sealed record Glyphs(string Well, string Wrong, string Open)
{
    private static readonly Glyphs Signs = new("✓", "✗", "–");
    private static readonly Glyphs Letters = new("ok  ", "FAIL", "-   ");

    public static Glyphs For(Encoding encoding)
    {
        var strict = Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        try
        {
            strict.GetByteCount(Signs.Well + Signs.Wrong + Signs.Open);
            return Signs;
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
