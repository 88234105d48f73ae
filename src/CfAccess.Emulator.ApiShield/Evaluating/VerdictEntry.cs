using CfAccess.ApiShield;

namespace CfAccess.Emulator.ApiShield.Evaluating;

/// <summary>What became of a request, and why. Nothing in it comes from the request.</summary>
/// <param name="Time">When it was judged.</param>
/// <param name="IsAsked">Whether it was described to <c>evaluate</c>, and did not come to the application.</param>
/// <param name="Verdict">One of <see cref="Verdicts"/>.</param>
/// <param name="Operation">Method, host and template of the operation; null if none matches.</param>
/// <param name="Rule">The rule's title; null if none covers it.</param>
/// <param name="Outcome">The word of the outcome.</param>
/// <param name="Tokens">What became of the tokens that were looked at.</param>
internal sealed record VerdictEntry(
    DateTimeOffset Time, bool IsAsked, string Verdict, string? Operation, string? Rule, string Outcome, string Tokens)
{
    public static VerdictEntry From(ApiShieldTokenValidation found, DateTimeOffset time, bool isAsked) => new(
        time,
        isAsked,
        Verdicts.Of(found),
        found.Operation is { } operation ? $"{operation.Method} {operation.Host}{operation.Endpoint}" : null,
        found.Rule?.Title,
        Verdicts.Word(found.Outcome),
        found.EvaluatedVerdicts is { Count: > 0 } verdicts
            ? string.Join(", ", verdicts.Select(one => $"{one.Key}: {Verdicts.Word(one.Value)}"))
            : "none was verified");
}
