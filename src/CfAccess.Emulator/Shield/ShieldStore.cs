using CfAccess.ApiShield;
using CfAccess.ApiShield.Documents;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Shield;

/// <summary>
/// Holds the one rule set of the emulator. One change is made at a time: it is saved, then in force everywhere, then answered. Whoever reads has a
/// whole set, and waits for nobody.
/// </summary>
/// <param name="file">Where it is kept; null for memory alone.</param>
/// <param name="clock">What tokens are judged by.</param>
internal sealed class ShieldStore(ShieldFile? file, TimeProvider clock) : IRuleSetOrigin
{
    private readonly Lock _gate = new();
    private readonly List<Action> _followers = [];
    private volatile ApiShieldRuleSet _current = file?.Read(clock) ?? ShieldSets.Empty;

    public ApiShieldRuleSet Current => _current;

    /// <summary>The last verdicts that were reached by these rules.</summary>
    public VerdictJournal Verdicts { get; } = new();

    /// <param name="change">What the call makes of the set that there is then.</param>
    public ShieldAnswer Change(Func<ApiShieldRuleSet, ShieldEdit> change)
    {
        lock (_gate)
        {
            var (set, answer) = change(_current);
            if (set is null)
            {
                return answer;
            }

            if (file?.Save(set) is { } problem)
            {
                return ShieldAnswer.Refuse(StatusCodes.Status500InternalServerError, ShieldCodes.NotSaved, problem + " Nothing was changed.");
            }

            _current = set;
            _followers.ForEach(changed => changed());
            return answer;
        }
    }

    public ApiShieldRuleSet Read(ApiShieldOptions options, TimeProvider clock) => _current.For(options, clock);

    public IDisposable Follow(Action changed)
    {
        lock (_gate)
        {
            _followers.Add(changed);
        }

        return new Follower(() => Leave(changed));
    }

    private void Leave(Action changed)
    {
        lock (_gate)
        {
            _followers.Remove(changed);
        }
    }

    private sealed class Follower(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
