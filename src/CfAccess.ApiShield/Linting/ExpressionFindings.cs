using System.Globalization;
using CfAccess.ApiShield.Expressions;
using CfAccess.ApiShield.Rules;

namespace CfAccess.ApiShield.Linting;

/// <summary>Expressions that decide nothing, or look at a header under a name that Cloudflare does not know it by.</summary>
internal static class ExpressionFindings
{
    public static IEnumerable<ApiShieldProblem> Of(ApiShieldRuleSet set) => set.RulesInForce.SelectMany(Of);

    public static IEnumerable<ApiShieldProblem> Of(RuleInForce rule)
    {
        switch (rule.Expression.Truth)
        {
            case ExpressionTruth.AlwaysTrue:
                yield return At(
                    rule,
                    "is true of every request, so the rule never acts. To let requests without a token pass and act on invalid ones, write "
                    + "is_jwt_valid(\"…\") or not is_jwt_present(\"…\").");
                break;
            case ExpressionTruth.AlwaysFalse:
                yield return At(rule, "is false of every request, so the rule acts on all of them, with a valid token too.");
                break;
        }

        foreach (var reference in rule.Expression.References)
        {
            if (reference.Kind == ExpressionReferenceKind.Header && reference.Name.Any(char.IsAsciiLetterUpper))
            {
                yield return At(rule, string.Create(
                    CultureInfo.InvariantCulture,
                    $"names at character {reference.Position + 1} the header \"{reference.Name}\". Cloudflare knows headers by their names in lower case: ")
                    + $"write \"{reference.Name.ToLowerInvariant()}\".");
            }
        }
    }

    private static ApiShieldProblem At(RuleInForce rule, string message) => LintFinding.OfRule(rule.Pointer, "expression", message);
}
