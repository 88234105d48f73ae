using System.Globalization;
using CfAccess.ApiShield.Documents;
using CfAccess.ApiShield.Expressions;

namespace CfAccess.ApiShield.Rules;

/// <summary>Checks of a rule that need more than the rule alone.</summary>
/// <param name="configurationIds">The ids of all token configurations, in lower case; null where they are not known.</param>
/// <param name="allowsEmptySelectors">Whether an enabled rule may cover nothing.</param>
/// <param name="setting">The setting that allows empty selectors, for the error; null if the caller has no such setting.</param>
internal sealed class RuleChecks(IReadOnlySet<string>? configurationIds, bool allowsEmptySelectors, string? setting = null)
{
    /// <returns>The expression, or null if the text is none.</returns>
    public RuleExpression? ReadExpression(string text, string pointer, ProblemList problems)
    {
        if (!RuleExpression.TryParse(text, out var expression, out var error))
        {
            problems.Error(
                pointer, string.Create(CultureInfo.InvariantCulture, $"is no expression, at character {error.Position + 1}: {error.Message}."));
            return null;
        }

        if (configurationIds is not null)
        {
            CheckReferences(expression, configurationIds, pointer, problems);
        }

        return expression;
    }

    /// <param name="states">The selector.</param>
    /// <param name="isEnabled">Whether its rule is in force.</param>
    /// <param name="pointer">Where it stands.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public void CheckSelector(SelectorStates states, bool isEnabled, string pointer, ProblemList problems)
    {
        if (isEnabled && states.IsEmpty && !allowsEmptySelectors)
        {
            problems.Error(
                pointer,
                "includes no host, so this rule would protect nothing. Write { \"include\": [ { \"host\": [ \"api.example.com\" ] } ] }, or \"enabled\": false"
                + (setting is null ? "." : $", or set {setting}."));
        }
    }
    private static void CheckReferences(RuleExpression expression, IReadOnlySet<string> ids, string pointer, ProblemList problems)
    {
        foreach (var reference in expression.References)
        {
            if (reference.Kind == ExpressionReferenceKind.Configuration && !ids.Contains(reference.Name.ToLowerInvariant()))
            {
                problems.Error(pointer, string.Create(
                    CultureInfo.InvariantCulture,
                    $"names at character {reference.Position + 1} the token configuration \"{reference.Name}\", which there is none of. ")
                    + (ids.Count == 0 ? "There are no token configurations." : $"There is {string.Join(", ", ids)}."));
            }
        }
    }
}
