using CfAccess.ApiShield;
using CfAccess.Emulator.ApiShield.Evaluating;
using CfAccess.Emulator.ApiShield.Responses;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.ApiShield.Zone;

/// <summary>
/// Holds the one rule set of the emulator. One change is made at a time: it is saved, then active everywhere, then the caller gets a response. A reader
/// always has a whole set, and does not wait.
/// </summary>
/// <param name="file">Where it is kept; null for memory alone.</param>
internal sealed class ShieldStore(ShieldFile? file)
{
    private readonly Lock _gate = new();

    /// <summary>What an application's API Shield enforces.</summary>
    public ApiShieldRuleSetSource Source { get; } = new(file?.Read() ?? ShieldDocuments.Empty);

    public ApiShieldRuleSet Current => Source.Current;

    /// <summary>The last verdicts that were reached by these rules.</summary>
    public VerdictJournal Verdicts { get; } = new();

    /// <param name="change">What the call makes of the set that there is then.</param>
    public ShieldAnswer Change(Func<ApiShieldRuleSet, ShieldEdit> change)
    {
        lock (_gate)
        {
            var (set, answer) = change(Current);
            if (set is null)
            {
                return answer;
            }

            if (file?.Save(set) is { } problem)
            {
                return ShieldAnswer.Refuse(StatusCodes.Status500InternalServerError, ShieldCodes.NotSaved, problem + " Nothing was changed.");
            }

            Source.Update(set);
            return answer;
        }
    }
}
