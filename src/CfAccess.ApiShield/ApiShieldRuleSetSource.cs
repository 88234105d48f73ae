namespace CfAccess.ApiShield;

/// <summary>
/// Supplies rule sets that do not come from documents of the options, for example from a database. Set it as
/// <see cref="ApiShieldOptions.RuleSetSource"/>. Several applications in one process can share it. Safe for use by several threads.
/// </summary>
public sealed class ApiShieldRuleSetSource
{
    private readonly Lock _gate = new();
    private readonly List<Action> _followers = [];

    private volatile ApiShieldRuleSet _current;

    /// <summary>Creates a source with the rule set that applications start with.</summary>
    /// <param name="initial">The rule set, for example from <see cref="ApiShieldRuleSet.Load"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="initial"/> is null.</exception>
    public ApiShieldRuleSetSource(ApiShieldRuleSet initial)
    {
        ArgumentNullException.ThrowIfNull(initial);
        _current = initial;
    }

    /// <summary>The current rule set.</summary>
    public ApiShieldRuleSet Current => _current;

    /// <summary>
    /// Replaces the rule set. When the method returns, every application that has this source enforces the new rules, with its own options. A request
    /// that is under way keeps the set with which it began.
    /// </summary>
    /// <param name="set">The new rule set.</param>
    /// <exception cref="ArgumentNullException"><paramref name="set"/> is null.</exception>
    /// <exception cref="AggregateException">An application could not use the new rule set. All other applications use it.</exception>
    public void Update(ApiShieldRuleSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        List<Exception> failures = [];
        lock (_gate)
        {
            _current = set;
            foreach (var changed in _followers)
            {
                Notify(changed, failures);
            }
        }

        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }
    }

    /// <summary>Reports every change from now on, before <see cref="Update"/> returns.</summary>
    /// <param name="changed">Called for one change at a time.</param>
    /// <returns>Ends the reports.</returns>
    internal IDisposable Follow(Action changed)
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

    private static void Notify(Action changed, List<Exception> failures)
    {
        try
        {
            changed();
        }
#pragma warning disable CA1031 // One application must not keep the rules from another. The caller receives the failure.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failures.Add(exception);
        }
    }

    private sealed class Follower(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
