using CfAccess.ApiShield.Rules;

namespace CfAccess.ApiShield;

/// <summary>What API Shield found of a request. Like the request itself it is there until the request ends, and for one thread at a time.</summary>
public sealed class ApiShieldTokenValidation
{
    private readonly RequestFacts _facts;

    internal ApiShieldTokenValidation(RequestFacts facts) => _facts = facts;

    /// <summary>What became of the request.</summary>
    public ApiShieldOutcome Outcome => _facts.Judgement.Outcome;

    /// <summary>Whether the response is 403 instead of that of the application.</summary>
    public bool IsBlocked => Outcome.IsBlocked();

    /// <summary>The operation that decided: one that matches, or else one that the endpoint owns. Null if neither exists.</summary>
    public ApiShieldOperation? Operation => _facts.Judgement.Operation?.Document;

    /// <summary>The rule that the operation is under; null if none covers it.</summary>
    public ApiShieldRule? Rule => _facts.Judgement.Rule?.Document;

    /// <summary>
    /// The verdict on the request's token by each token configuration, by the configuration's UUID. A token that no rule has asked for is
    /// verified now; none is verified twice.
    /// </summary>
    public IReadOnlyDictionary<string, JwtVerdict> Verdicts => _facts.AllVerdicts();

    /// <summary>The same as <see cref="Verdicts"/>, but only of tokens that were verified already. Reading it verifies no token.</summary>
    public IReadOnlyDictionary<string, JwtVerdict> EvaluatedVerdicts => _facts.EvaluatedVerdicts();

    /// <summary>The verdict by one token configuration; see <see cref="Verdicts"/>.</summary>
    /// <param name="configurationId">The UUID of the token configuration.</param>
    /// <returns>The verdict; null if there is no such configuration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configurationId"/> is null.</exception>
    public JwtVerdict? GetVerdict(string configurationId)
    {
        ArgumentNullException.ThrowIfNull(configurationId);
        return _facts.FindVerdict(configurationId);
    }
}
