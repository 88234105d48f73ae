using CfAccess.Cli.Output;

namespace CfAccess.Cli.Doctor;

/// <summary>The report as text.</summary>
internal static class DoctorText
{
    public static void Write(Page page, DoctorReport report)
    {
        var wrong = report.Steps.Count(step => step.Result == StepState.Wrong);
        page.Verdict(report.Well, report.Well ? "All is well" : wrong == 1 ? "One thing is wrong" : $"{wrong} things are wrong");
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
