using CfAccess.ApiShield;
using CfAccess.ApiShield.Expressions;
using CfAccess.ApiShield.Operations;
using CfAccess.ApiShield.Rules;

namespace CfAccess.Emulator.Shield;

/// <summary>Makes one rule set out of another.</summary>
internal static class ShieldSets
{
    /// <summary>As the edge has it.</summary>
    public static readonly ApiShieldOptions Options = new() { Matching = ApiShieldMatching.Edge };

    public static readonly ApiShieldRuleSet Empty = new(ApiShieldMatching.Edge, [], [], [], []);

    public static ApiShieldRuleSet With(this ApiShieldRuleSet set, IReadOnlyList<ConfigurationInForce> configurations) =>
        new(ApiShieldMatching.Edge, configurations, set.RulesInForce, set.SavedOperations, []);

    public static ApiShieldRuleSet With(this ApiShieldRuleSet set, IReadOnlyList<RuleInForce> rules) =>
        new(ApiShieldMatching.Edge, set.ConfigurationsInForce, rules, set.SavedOperations, []);

    public static ApiShieldRuleSet With(this ApiShieldRuleSet set, IEnumerable<SavedOperation> operations)
    {
        List<SavedOperation> placed = [.. operations.Select((one, index) => one with { Index = index })];
        return new(ApiShieldMatching.Edge, set.ConfigurationsInForce, set.RulesInForce, placed, []);
    }

    public static ConfigurationInForce? FindConfiguration(this ApiShieldRuleSet set, string id) =>
        set.ConfigurationsInForce.FirstOrDefault(one => one.Document.Id == id);

    public static RuleInForce? FindRule(this ApiShieldRuleSet set, string id) => set.RulesInForce.FirstOrDefault(one => one.Document.Id == id);

    public static SavedOperation? FindOperation(this ApiShieldRuleSet set, string id) =>
        set.SavedOperations.FirstOrDefault(one => one.Document.OperationId == id);

    /// <summary>The token configurations that the expression of a rule names.</summary>
    public static IEnumerable<string> ConfigurationIds(this RuleInForce rule) => rule.Expression.References
        .Where(one => one.Kind == ExpressionReferenceKind.Configuration)
        .Select(one => one.Name.ToLowerInvariant());

    /// <summary>The list with one item in another's place.</summary>
    public static IReadOnlyList<T> Replacing<T>(this IReadOnlyList<T> list, T old, T other)
        where T : class => [.. list.Select(one => ReferenceEquals(one, old) ? other : one)];
}
