using CfAccess.ApiShield.Operations;

namespace CfAccess.ApiShield.Rules;

/// <summary>Gives each operation the one rule that it is under: the first enabled one whose selector covers it.</summary>
internal static class RuleAssignment
{
    public static RuleInForce?[] Of(IReadOnlyList<SavedOperation> operations, IReadOnlyList<RuleInForce> rules)
    {
        RuleInForce[] enabled = [.. rules.Where(rule => rule.Document.Enabled)];
        return [.. operations.Select(operation => Array.Find(enabled, rule => rule.States.Covers(operation)))];
    }
}
