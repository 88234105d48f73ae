namespace CfAccess.Cli.Rules;

/// <summary>What <c>cfaccess rules check</c> tells.</summary>
/// <param name="Well">Whether there is no finding.</param>
/// <param name="Errors">How many findings keep the documents from being used.</param>
/// <param name="Warnings">How many do not.</param>
/// <param name="Findings">All of them, in the order of the documents.</param>
internal sealed record RulesCheckReport(bool Well, int Errors, int Warnings, IReadOnlyList<RuleFinding> Findings);

/// <summary>A finding.</summary>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
/// <param name="Document"><c>configurations</c>, <c>rules</c> or <c>operations</c>.</param>
/// <param name="Pointer">Where, as a JSON Pointer (RFC 6901); empty for the whole document.</param>
/// <param name="Message">What is wrong, and what to write instead.</param>
/// <param name="Code">Cloudflare's own code of the message, where there is one.</param>
internal sealed record RuleFinding(string Severity, string Document, string Pointer, string Message, int? Code);

/// <summary>What <c>cfaccess rules test</c> tells.</summary>
/// <param name="Passes">Whether the request goes on to the application.</param>
/// <param name="Outcome">The word of what became of it.</param>
/// <param name="Operation">The operation that decided.</param>
/// <param name="Rule">The rule that it is under.</param>
/// <param name="Verdicts">What each token configuration made of the request's token.</param>
internal sealed record RulesTestReport(
    bool Passes, string Outcome, RuleOperation? Operation, RuleSummary? Rule, IReadOnlyList<RuleVerdict> Verdicts);

/// <summary>An operation.</summary>
internal sealed record RuleOperation(string Id, string Method, string Host, string Endpoint);

/// <summary>A rule.</summary>
internal sealed record RuleSummary(string Id, string Title, string Action, string Expression);

/// <summary>A verdict on the token by one token configuration.</summary>
/// <param name="Configuration">The configuration's UUID.</param>
/// <param name="Title">Its title.</param>
/// <param name="Present">Whether the request has a token for it.</param>
/// <param name="Valid">Whether that is valid.</param>
/// <param name="Reason">The word of why not.</param>
internal sealed record RuleVerdict(string Configuration, string Title, bool Present, bool Valid, string? Reason);
