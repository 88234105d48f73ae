using CfAccess.ApiShield.Expressions;
using CfAccess.ApiShield.Operations;

namespace CfAccess.ApiShield.Rules;

/// <summary>Decides about a request: finds its operations, and asks the rule of each. The strictest answer counts.</summary>
internal readonly struct Judge(ApiShieldRuleSet set, ApiShieldUnknown unknownHosts, ApiShieldUnknown unknownOperations)
{
    /// <summary>For what a request could mean besides: that no operation matches it says nothing, so it only makes the judgement stricter.</summary>
    public Judge ForOtherReadings() => new(set, unknownHosts, ApiShieldUnknown.Allow);

    /// <param name="facts">The request.</param>
    /// <param name="method">Its method.</param>
    /// <param name="host">Its host, as operations name hosts.</param>
    /// <param name="path">Its whole path, decoded as the server does it.</param>
    public Judgement Decide(ExpressionFacts facts, string method, ReadOnlySpan<char> host, string path)
    {
        var matches = new Matches(set.Index.Matching);
        var isKnownHost = set.Index.Find(method, host, path, ref matches);
        if (!isKnownHost)
        {
            return new(unknownHosts == ApiShieldUnknown.Block ? ApiShieldOutcome.BlockedUnknownHost : ApiShieldOutcome.Unmatched);
        }

        var strictest = new Judgement(
            matches.Count > 0 || unknownOperations == ApiShieldUnknown.Allow
                ? ApiShieldOutcome.Unmatched
                : ApiShieldOutcome.BlockedUnknownOperation);
        strictest = Ask(facts, method, path, matches, strictest);
        if (set.Index.Matching == ApiShieldMatching.Edge || !PathReading.IsDoubtful(path))
        {
            return strictest;
        }

        var others = new Matches(set.Index.Matching);
        var otherPath = PathReading.Resolve(path);
        set.Index.Find(method, host, otherPath, ref others);
        return Ask(facts, method, otherPath, others, strictest);
    }

    /// <summary>Routing ignores the host: what the request's own has no operation for may reach that of another.</summary>
    private Judgement Ask(
        ExpressionFacts facts, string method, ReadOnlySpan<char> path, scoped in Matches matches, Judgement strictest)
    {
        if (matches.Count > 0)
        {
            return Ask(facts, matches, strictest);
        }

        var anywhere = new Matches(set.Index.Matching, keepsAll: true);
        set.Index.FindAnywhere(method, path, ref anywhere);
        return Ask(facts, anywhere, strictest);
    }

    private Judgement Ask(ExpressionFacts facts, scoped in Matches matches, Judgement strictest)
    {
        for (var index = 0; index < matches.Count; index++)
        {
            var judgement = Ask(facts, matches[index]);
            strictest = judgement.Outcome > strictest.Outcome ? judgement : strictest;
        }

        return strictest;
    }

    private Judgement Ask(ExpressionFacts facts, SavedOperation operation) => set.RuleOf(operation) switch
    {
        null => new(ApiShieldOutcome.Uncovered, operation),
        var rule when rule.Expression.Evaluate(facts) => new(ApiShieldOutcome.Satisfied, operation, rule),
        { IsBlock: true } rule => new(ApiShieldOutcome.Blocked, operation, rule),
        var rule => new(ApiShieldOutcome.Logged, operation, rule),
    };
}
