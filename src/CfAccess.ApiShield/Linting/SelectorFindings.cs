using CfAccess.ApiShield.Rules;

namespace CfAccess.ApiShield.Linting;

/// <summary>Selectors that cover nothing, or less than they seem to.</summary>
internal static class SelectorFindings
{
    public static IEnumerable<ApiShieldProblem> Of(ApiShieldRuleSet set) => set.RulesInForce.SelectMany(rule => Of(rule, set));

    public static IEnumerable<ApiShieldProblem> Of(RuleInForce rule, ApiShieldRuleSet set)
    {
        if (rule.States.IsEmpty)
        {
            yield return At(rule, "includes no host, so the rule covers nothing. Write include: [{ host: [ … ] }].");
            yield break;
        }

        var hosts = set.Operations.Select(operation => operation.Host).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var host in rule.States.Hosts.Where(host => !hosts.Contains(host)))
        {
            yield return At(rule, $"includes the host {host}, which no operation has. Save its operations, or correct the name.");
        }

        var ids = set.Operations.Select(operation => operation.OperationId).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var id in rule.States.Excluded.Where(id => !ids.Contains(id)))
        {
            yield return At(rule, $"excludes the operation {id}, which there is none of. Leave it out, or correct it.");
        }

        if (rule.Document.Enabled && ShadowOf(rule, set) is { } shadow)
        {
            yield return LintFinding.OfRule(
                rule.Pointer,
                "selector",
                $"covers only operations that earlier rules have taken, such as {shadow.Pointer}, so the rule never acts. An operation is under the "
                + "first enabled rule that covers it: move this rule up, or exclude operations from the other.");
        }
    }

    /// <summary>The rule that took what this one covers, if all of it is taken.</summary>
    private static RuleInForce? ShadowOf(RuleInForce rule, ApiShieldRuleSet set)
    {
        RuleInForce? shadow = null;
        foreach (var operation in set.SavedOperations.Where(rule.States.Covers))
        {
            shadow = set.RuleOf(operation);
            if (shadow == rule)
            {
                return null;
            }
        }

        return shadow;
    }

    private static ApiShieldProblem At(RuleInForce rule, string message) => LintFinding.OfRule(rule.Pointer, "selector", message);
}
