using System.CommandLine;
using CfAccess.ApiShield;
using CfAccess.Cli.CommandLine;
using CfAccess.Cli.Output;

namespace CfAccess.Cli.Rules;

/// <summary><c>cfaccess rules test</c>: what the middleware itself would do with a request.</summary>
internal static class RulesTestCommand
{
    public static Command Make(Surroundings surroundings)
    {
        var file = RulesCommand.File();
        var method = new Option<string>("--method") { Description = "The request's method.", HelpName = "METHOD", DefaultValueFactory = _ => "GET" };
        var url = new Option<string?>("--url") { Description = "The request's URL.", HelpName = "URL" };
        var header = CommonOptions.Header("A header line of the request, such as 'Authorization: Bearer …'; several are given one after the other.");
        var command = new Command("test", "Tell what becomes of a request: operation, rule, verdict, reasons. It is sent nowhere.") { file, method, url, header };
        command.SetAction(parsed =>
        {
            var context = DescribedRequest.Of(parsed.GetValue(method)!, parsed.GetValue(url), parsed.GetValue(header) ?? []);
            using var session = RuleSession.Open(parsed.GetRequiredValue(file), surroundings.Clock);
            var report = Evaluate(session, context);
            new Page(surroundings, parsed.IsJson()).Report(report, CliJson.Default.RulesTestReport, page => Write(page, report));
            return report.Passes ? ExitCodes.Well : ExitCodes.Refused;
        });
        return command;
    }

    private static RulesTestReport Evaluate(RuleSession session, Microsoft.AspNetCore.Http.HttpContext context)
    {
        try
        {
            var titles = session.Rules.Configurations.ToDictionary(configuration => configuration.Id, configuration => configuration.Title, StringComparer.OrdinalIgnoreCase);
            var found = session.Evaluate(context);
            return new(
                !found.IsBlocked,
                Words.Of(found.Outcome.ToString()),
                found.Operation is { } operation ? new(operation.OperationId, operation.Method, operation.Host, operation.Endpoint) : null,
                found.Rule is { } rule ? new(rule.Id, rule.Title, Words.Of(rule.Action.ToString()), rule.Expression) : null,
                [.. found.Verdicts.Select(one => new RuleVerdict(
                    one.Key,
                    titles.GetValueOrDefault(one.Key, string.Empty),
                    one.Value.IsPresent,
                    one.Value.IsValid,
                    one.Value.FailureReason is { } reason ? Words.Of(reason.ToString()) : null))]);
        }
        catch (ApiShieldDocumentException exception)
        {
            throw CliException.WrongUse($"The documents are wrong, the first error being {exception.Problems[0]} All of them: cfaccess rules check.");
        }
    }

    private static void Write(Page page, RulesTestReport report)
    {
        page.Verdict(report.Passes, report.Passes ? $"Goes on: {report.Outcome}" : $"Answered 403: {report.Outcome}");
        page.Field("operation", report.Operation is { } operation ? $"{operation.Method} {operation.Host}{operation.Endpoint}" : "none", report.Operation?.Id);
        page.Field("rule", report.Rule is { } rule ? rule.Title : "none", report.Rule?.Id);
        if (report.Rule is { } decisive)
        {
            page.Field("action", decisive.Action);
            page.Field("expression", decisive.Expression);
        }

        foreach (var verdict in report.Verdicts)
        {
            var state = verdict.Valid ? StepState.Well : verdict.Present ? StepState.Wrong : StepState.Open;
            page.Step(state, "token", verdict.Reason ?? "valid", $"{verdict.Title}  {verdict.Configuration}");
        }
    }
}
