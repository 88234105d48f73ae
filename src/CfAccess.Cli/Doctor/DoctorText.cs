using CfAccess.Cli.Output;

namespace CfAccess.Cli.Doctor;

/// <summary>The report as text.</summary>
internal static class DoctorText
{
    public static void Write(Page page, DoctorReport report)
    {
        var wrong = report.Steps.Count(step => step.Result == StepState.Wrong);
        var open = report.Steps.Count(step => step.Result == StepState.Open);
        page.Verdict(
            wrong > 0 ? StepState.Wrong : open > 0 ? StepState.Open : StepState.Well,
            (wrong, open) switch
            {
                (0, 0) => "All is well",
                (0, 1) => "No problem found, but one check was not made",
                (0, _) => $"No problem found, but {open} checks were not made",
                (1, _) => "One thing is wrong",
                _ => $"{wrong} things are wrong",
            });
        page.Field("application", report.Url);
        page.Field("team", report.Team);
        page.Field("as of", Times.Utc(report.At));
        page.Blank();
        foreach (var step in report.Steps)
        {
            page.Step(step.Result, step.Step, Printable.Of(step.Seen));
        }

        // What several steps have in common is said once.
        foreach (var steps in report.Steps.Where(step => step.Advice is not null).GroupBy(step => step.Advice))
        {
            page.Blank();
            page.Advice(steps.Key!, string.Join(", ", steps.Select(step => step.Step)));
        }
    }
}
