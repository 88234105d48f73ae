using System.Globalization;
using CfAccess.ApiShield.Documents;
using CfAccess.ApiShield.Expressions;

namespace CfAccess.ApiShield.Rules;

/// <summary>Checks of a rule that need more than the rule alone: its language, and the token configurations there are.</summary>
internal static class RuleChecks
{
    /// <summary>Reads the expression and the selector.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="pointer">Where it stands.</param>
    /// <param name="configurationIds">The ids of all token configurations, in lower case.</param>
    /// <param name="allowEmptySelectors">Whether an enabled rule may cover nothing.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <returns>The rule, or null if its expression is none.</returns>
    public static RuleInForce? Read(
        ApiShieldRule rule, string pointer, IReadOnlySet<string> configurationIds, bool allowEmptySelectors, ProblemList problems)
    {
        var states = new SelectorStates(rule.Selector);
        if (rule.Enabled && states.IsEmpty && !allowEmptySelectors)
        {
            problems.Error(
                JsonPointer.Member(pointer, "selector"),
                "includes no host, so this rule would protect nothing. Write include: [{ host: [ … ] }], disable the rule, or set AllowEmptySelectors.");
        }

        var at = JsonPointer.Member(pointer, "expression");
        if (!RuleExpression.TryParse(rule.Expression, out var expression, out var error))
        {
            problems.Error(at, string.Create(CultureInfo.InvariantCulture, $"is no expression, at character {error.Position + 1}: {error.Message}."));
            return null;
        }

        foreach (var reference in expression.References)
        {
            if (reference.Kind == ExpressionReferenceKind.Configuration && !configurationIds.Contains(reference.Name.ToLowerInvariant()))
            {
                problems.Error(at, string.Create(
                    CultureInfo.InvariantCulture,
                    $"names at character {reference.Position + 1} the token configuration \"{reference.Name}\", which there is none of. ")
                    + (configurationIds.Count == 0 ? "There are no token configurations." : $"There is {string.Join(", ", configurationIds)}."));
            }
        }

        return new RuleInForce(rule, pointer, expression, states);
    }
}
