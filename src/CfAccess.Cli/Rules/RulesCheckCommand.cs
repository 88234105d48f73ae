using System.CommandLine;
using CfAccess.ApiShield;
using CfAccess.Cli.CommandLine;
using CfAccess.Cli.Output;

namespace CfAccess.Cli.Rules;

/// <summary><c>cfaccess rules check</c>: every error in the documents, or else everything that nobody can have meant.</summary>
internal static class RulesCheckCommand
{
    public static Command Make(Surroundings surroundings)
    {
        var file = RulesCommand.File();
        var command = new Command("check", "Tell what is wrong with the documents, and what is likely not what was meant.") { file };
        command.SetAction(parsed =>
        {
            var report = Check(parsed.GetRequiredValue(file), surroundings.Clock);
            new Page(surroundings, parsed.IsJson()).Report(report, CliJson.Default.RulesCheckReport, page => Write(page, report));
            return report.Well ? ExitCodes.Well : ExitCodes.Refused;
        });
        return command;
    }

    private static RulesCheckReport Check(string file, TimeProvider clock)
    {
        using var session = RuleSession.Open(file, clock);
        List<RuleFinding> findings = [.. Problems(session).Select(Of)];
        return new(findings.Count == 0, findings.Count(one => one.Severity == "error"), findings.Count(one => one.Severity == "warning"), findings);
    }

    private static IReadOnlyList<ApiShieldProblem> Problems(RuleSession session)
    {
        try
        {
            var rules = session.Rules;
            return [.. rules.Warnings, .. ApiShieldLinter.Lint(rules)];
        }
        catch (ApiShieldDocumentException exception)
        {
            return exception.Problems;
        }
    }

    private static RuleFinding Of(ApiShieldProblem problem) => new(
        problem.Severity == ApiShieldSeverity.Error ? "error" : "warning",
        problem.Document.ToString().ToLowerInvariant(),
        problem.Pointer,
        problem.Message,
        problem.Code);

    private static void Write(Page page, RulesCheckReport report)
    {
        page.Verdict(report.Well, report.Well
            ? "Nothing is wrong"
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Errors: {report.Errors}, warnings: {report.Warnings}"));
        foreach (var finding in report.Findings)
        {
            page.Blank();
            page.Step(finding.Severity == "error" ? StepState.Wrong : StepState.Open, finding.Severity, null, null);
            page.Field("where", $"{finding.Document} {(finding.Pointer.Length == 0 ? "(the whole document)" : finding.Pointer)}");
            page.Field("what", finding.Message, finding.Code?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
