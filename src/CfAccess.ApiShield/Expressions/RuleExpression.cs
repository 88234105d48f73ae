using System.Diagnostics.CodeAnalysis;
using System.Text;
using CfAccess.ApiShield.Expressions.Conditions;
using CfAccess.ApiShield.Expressions.Syntax;

namespace CfAccess.ApiShield.Expressions;

/// <summary>
/// The expression of a token validation rule, read and checked. Immutable, and fit for many requests at once. Its language is the part of
/// Cloudflare's Rules language that token validation rules use:
/// https://developers.cloudflare.com/api-shield/security/jwt-validation/configure/ and
/// https://developers.cloudflare.com/ruleset-engine/rules-language/.
/// </summary>
internal sealed class RuleExpression
{
    private readonly Condition _root;

    private RuleExpression(Condition root, IReadOnlyList<ExpressionReference> references)
    {
        _root = root;
        References = references;
    }

    /// <summary>The names in the text, in its order, each as often as it stands there.</summary>
    public IReadOnlyList<ExpressionReference> References { get; }

    /// <summary>Whether it says the same of every request. Each call works it out anew; it is for checks when a document is loaded.</summary>
    public ExpressionTruth Truth => TruthTable.Of(_root);

    /// <summary>Reads a text. It takes time and memory in proportion to the text, and a bounded stack, whatever the text is.</summary>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out RuleExpression? expression, [NotNullWhen(false)] out ExpressionError? error)
    {
        var reader = new LexemeReader(text);
        var root = new ConditionParser(reader).ParseAll();
        error = root is null ? reader.Error! : null;
        expression = root is null ? null : new RuleExpression(root, reader.References);
        return root is not null;
    }

    /// <summary>Whether it is true of a request. Allocates nothing by itself, and asks no more than decides.</summary>
    public bool Evaluate(ExpressionFacts facts) => _root.Evaluate(facts);

    /// <summary>The expression in its one spelling: words for operators, parentheses only where they decide. It reads as the same again.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        _root.Write(text, Precedence.Or);
        return text.ToString();
    }
}
