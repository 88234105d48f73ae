using System.Text.Json.Serialization;
using CfAccess.Cli.Output;

namespace CfAccess.Cli.Doctor;

/// <summary>What <c>cfaccess doctor</c> tells.</summary>
/// <param name="Well">Whether every step that was made passed.</param>
/// <param name="At">When it began.</param>
/// <param name="Url">The application.</param>
/// <param name="Team">The team's issuer.</param>
/// <param name="Audiences">The AUD tags that the application is to accept.</param>
/// <param name="Steps">All steps, in order.</param>
internal sealed record DoctorReport(
    bool Well, DateTimeOffset At, string Url, string Team, IReadOnlyList<string> Audiences, IReadOnlyList<DoctorStep> Steps);

/// <summary>One step.</summary>
/// <param name="Step">Its name.</param>
/// <param name="Result">How it went.</param>
/// <param name="Seen">What was seen.</param>
/// <param name="Advice">What to do about it.</param>
/// <param name="Unreachable">Whether it failed since the other side could not be reached, and so says nothing of it.</param>
internal sealed record DoctorStep(string Step, StepState Result, string Seen, string? Advice, bool Unreachable)
{
    [JsonIgnore]
    public bool IsWrong => Result == StepState.Wrong && !Unreachable;

    public static DoctorStep Passed(string step, string seen) => new(step, StepState.Well, seen, Advice: null, Unreachable: false);

    public static DoctorStep Failed(string step, string seen, string advice) => new(step, StepState.Wrong, seen, advice, Unreachable: false);

    public static DoctorStep NotReached(string step, string seen) => new(step, StepState.Open, seen, Advice: null, Unreachable: false);

    public static DoctorStep OfSilence(string step, string seen, string advice) => new(step, StepState.Wrong, seen, advice, Unreachable: true);
}
