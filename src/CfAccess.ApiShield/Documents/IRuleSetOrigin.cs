namespace CfAccess.ApiShield.Documents;

/// <summary>Where whole rule sets come from in place of documents.</summary>
internal interface IRuleSetOrigin
{
    /// <summary>The rule set of the moment, as options would have it enforced. Waits for nobody.</summary>
    ApiShieldRuleSet Read(ApiShieldOptions options, TimeProvider clock);

    /// <summary>Has every change told from now on, before whoever made it is answered.</summary>
    /// <param name="changed">Called for one change at a time.</param>
    /// <returns>Ends it.</returns>
    IDisposable Follow(Action changed);
}
