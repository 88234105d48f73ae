using System.Globalization;
using CfAccess.Cli.Output;

namespace CfAccess.Cli.Keys;

/// <summary>The report as text.</summary>
internal static class KeysText
{
    public static void Write(Page page, KeysReport report)
    {
        page.Field("team", report.Team);
        page.Field("keys from", report.Url, Times.Utc(report.At));
        foreach (var key in report.Keys)
        {
            page.Blank();
            page.Step(key.Usable ? StepState.Well : StepState.Wrong, "kid", Printable.Of(key.Kid ?? "none given"));
            page.Field("use", key.Usable ? (key.Current ? "current: signs now" : "verifies tokens that it signed earlier, or will sign") : "not used: " + key.Problem);
            page.Field("algorithm", Printable.Of(key.Algorithm ?? "not told"), key.Bits is { } bits ? string.Create(CultureInfo.InvariantCulture, $"{bits} bits") : null);
            if (key is { CertificateFrom: { } from, CertificateUntil: { } until })
            {
                page.Field("certificate", $"{Times.Utc(from)} to {Times.Utc(until)}", Validity(until, report.At));
            }
        }

        if (report.CurrentKid is null)
        {
            page.Blank();
            page.Note("The answer does not tell which key is current.");
        }
    }

    private static string Validity(DateTimeOffset until, DateTimeOffset now) =>
        until >= now ? $"ends {Times.Relative(until, now)}" : $"ended {Times.Relative(until, now)}; the library goes by the keys, not by certificates";
}
