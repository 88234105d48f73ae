using CfAccess.ApiShield.Expressions;

namespace CfAccess.ApiShield.Tests.Expressions;

internal static class Parsed
{
    public static RuleExpression Of(string text) =>
        RuleExpression.TryParse(text, out var expression, out var error) ? expression : throw new ShouldAssertException($"{Shown(text)}\n{error}");

    public static ExpressionError ErrorOf(string text)
    {
        RuleExpression.TryParse(text, out var expression, out var error).ShouldBeFalse(Shown(text));
        expression.ShouldBeNull();
        return error.ShouldNotBeNull();
    }

    public static bool Holds(string text, TestFacts? facts = null) => Of(text).Evaluate(facts ?? new TestFacts());

    private static string Shown(string text) => text.Length <= 500 ? text : text[..500] + "…";
}
