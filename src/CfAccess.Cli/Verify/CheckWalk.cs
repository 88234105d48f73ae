using CfAccess.AspNetCore.Tokens;
using CfAccess.Cli.Output;

namespace CfAccess.Cli.Verify;

/// <summary>Lays the library's verdict out over its steps.</summary>
internal static class CheckWalk
{
    /// <returns>All steps: passed up to the one that refused, that one, and what was not reached.</returns>
    public static IReadOnlyList<CheckReport> Of(CheckSubject subject)
    {
        var findings = Checks.All.Select(check => (Check: check, Finding: check.Look(subject))).ToList();
        var refusing = Refusing(findings, subject);
        return [.. findings.Select((one, index) => Report(one.Check, one.Finding, index, refusing, subject))];
    }

    /// <summary>
    /// The verdict is the library's, always. A step that says otherwise, which a test over all attacks knows nothing of, is passed over for the
    /// one that stands for the library's reason.
    /// </summary>
    private static int Refusing(List<(Check Check, Finding? Finding)> findings, CheckSubject subject)
    {
        if (subject.Verdict is not { } verdict)
        {
            return findings.Count;
        }

        var own = findings.FindIndex(one => one.Finding is { Reason: not null });
        if (own >= 0 && findings[own].Finding!.Value.Reason == verdict)
        {
            return own;
        }

        var standing = findings.FindIndex(one => one.Check.StandsFor.Contains(verdict));
        return standing >= 0 ? standing : findings.Count - 1;
    }

    private static CheckReport Report(Check check, Finding? finding, int index, int refusing, CheckSubject subject) => index.CompareTo(refusing) switch
    {
        < 0 => new(check.Id, StepState.Well, finding?.Seen, finding?.Expected, Reason: null, WouldFail: null),
        0 => new(check.Id, StepState.Wrong, finding?.Seen, finding?.Expected, FailureWords.Of(subject.Verdict!.Value), WouldFail: null),
        _ => new(
            check.Id,
            StepState.Open,
            finding?.Seen,
            finding?.Expected,
            Reason: null,
            finding?.Reason is { } reason ? FailureWords.Of(reason) : null),
    };
}
