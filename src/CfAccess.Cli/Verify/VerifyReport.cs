using CfAccess.Cli.Output;

namespace CfAccess.Cli.Verify;

/// <summary>What <c>cfaccess verify</c> tells.</summary>
/// <param name="Valid">Whether the library accepts the token.</param>
/// <param name="Reason">The word of its reason; none where it accepts.</param>
/// <param name="Advice">What to do about it.</param>
/// <param name="Kind">What kind of token it is, by what it says of itself.</param>
/// <param name="Caller">Whom an accepted token speaks for: an e-mail address or a Client ID.</param>
/// <param name="At">The time as of which it was judged.</param>
/// <param name="Team">The team's issuer.</param>
/// <param name="Audiences">The AUD tags that are accepted.</param>
/// <param name="Notes">What was done with the input before it was judged.</param>
/// <param name="Checks">All steps, in order.</param>
internal sealed record VerifyReport(
    bool Valid,
    string? Reason,
    string? Advice,
    string Kind,
    string? Caller,
    DateTimeOffset At,
    string Team,
    IReadOnlyList<string> Audiences,
    IReadOnlyList<string> Notes,
    IReadOnlyList<CheckReport> Checks);

/// <summary>One step.</summary>
/// <param name="Check">Its name.</param>
/// <param name="Result">How it went.</param>
/// <param name="Seen">The value in the token; none where there is nothing to see.</param>
/// <param name="Expected">The value that is wanted.</param>
/// <param name="Reason">The word of the reason, where it refused.</param>
/// <param name="WouldFail">For a step that was not reached: the reason that it would have refused for too, where that can be told.</param>
internal sealed record CheckReport(string Check, StepState Result, string? Seen, string? Expected, string? Reason, string? WouldFail);
