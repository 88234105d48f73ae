using CfAccess.Cli.Output;
using CfAccess.Cli.Tokens;

namespace CfAccess.Cli.Verify;

/// <summary>The report as text.</summary>
internal static class VerifyText
{
    public static void Write(Page page, VerifyReport report)
    {
        foreach (var note in report.Notes)
        {
            page.Warning(note);
        }

        page.Verdict(report.Valid, report.Valid ? "Valid" : $"Refused: {report.Reason}");
        page.Field("team", report.Team);
        page.Field("token", TokenKind.Describe(report.Kind));
        if (report.Caller is { } caller)
        {
            page.Field("caller", caller);
        }

        page.Field("as of", Times.Utc(report.At));
        page.Blank();
        foreach (var check in report.Checks)
        {
            Write(page, check);
        }

        if (report.Advice is { } advice)
        {
            page.Blank();
            page.Advice(advice);
        }
    }

    private static void Write(Page page, CheckReport check)
    {
        switch (check.Result)
        {
            case StepState.Well:
                page.Step(StepState.Well, check.Check, Short(check.Seen), check.Seen == check.Expected ? null : $"expected {Short(check.Expected)}");
                break;
            case StepState.Wrong:
                page.Step(StepState.Wrong, check.Check, check.Reason);
                page.Below("seen", Short(check.Seen) ?? "nothing");
                page.Below("expected", Short(check.Expected) ?? "something");
                break;
            default:
                page.Step(StepState.Open, check.Check, "not reached", check.WouldFail is { } reason ? $"would be refused too: {reason}" : null);
                break;
        }
    }

    private static string? Short(string? value) => value is null ? null : Printable.Of(value);
}
