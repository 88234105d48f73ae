using CfAccess.ApiShield;
using CfAccess.ApiShield.Linting;
using CfAccess.ApiShield.Rules;

namespace CfAccess.Emulator.Shield;

/// <summary>What a rule that was made or changed does that nobody can have meant.</summary>
internal static class RuleFindings
{
    public static IEnumerable<ApiShieldProblem> Of(RuleInForce rule, ApiShieldRuleSet set) =>
        [.. ExpressionFindings.Of(rule), .. SelectorFindings.Of(rule, set)];
}
