using System.Diagnostics.CodeAnalysis;
using CfAccess.ApiShield.Expressions.Conditions;

namespace CfAccess.ApiShield.Expressions.Syntax;

/// <summary>
/// Reads conditions, the loosest operator first; every method gives nothing once there is an error. Only parentheses and <c>not</c> go
/// deeper, and those are counted.
/// </summary>
internal sealed class ConditionParser(LexemeReader reader)
{
    /// <summary>How deep parentheses and <c>not</c> may stand in each other. Source: api-shield rules language, nesting.</summary>
    public const int MaximumNesting = 128;

    private readonly OperandParser _operands = new(reader);
    private readonly TextTestParser _tests = new(reader);
    private int _nesting;

    public Condition? ParseAll()
    {
        if (reader.Current.Kind == LexemeKind.End)
        {
            reader.Fail(reader.Current, "Expected a condition");
            return null;
        }

        var condition = ParseChain(Precedence.Or);
        if (condition is not null && reader.Current.Kind != LexemeKind.End)
        {
            reader.Fail(reader.Current, "Expected and, or, xor, or the end");
        }

        return reader.Error is null ? condition : null;
    }

    private Condition? ParseChain(Precedence kind)
    {
        var operands = new List<Condition>();
        do
        {
            var operand = kind == Precedence.And ? ParseNot() : ParseChain(kind + 1);
            if (operand is null)
            {
                return null;
            }

            // "a and (b and c)" is "a and b and c".
            operands.AddRange(operand is Junction inner && inner.Kind == kind ? inner.Operands : [operand]);
        }
        while (TryTakeOperator(kind));

        return operands is [var single] ? single : new Junction(kind, [.. operands]);
    }

    private bool TryTakeOperator(Precedence kind) => kind switch
    {
        Precedence.Or => reader.TryTake(Words.Or, "||"),
        Precedence.Xor => reader.TryTake(Words.Xor, "^^"),
        _ => reader.TryTake(Words.And, "&&"),
    };

    private Condition? ParseNot()
    {
        var at = reader.Current;
        if (!reader.TryTake(Words.Not, "!"))
        {
            return ParseSingle();
        }

        var operand = Enter(at) ? ParseNot() : null;
        _nesting--;
        return operand is null ? null : new Negation(operand);
    }

    private Condition? ParseSingle()
    {
        var at = reader.Current;
        if (!reader.TryTake("("))
        {
            return at.Kind == LexemeKind.Word ? ParseNamed() : Expected(at);
        }

        var inner = Enter(at) ? ParseChain(Precedence.Or) : null;
        _nesting--;
        return inner is not null && reader.Take(")", $"the condition that ( opens at position {at.Position}") && IsNotCompared(reader.Current)
            ? inner
            : null;
    }

    private Condition? ParseNamed()
    {
        var name = reader.Current;
        if (name.Is(Words.IsValid) || name.Is(Words.IsPresent))
        {
            return ParseToken(name);
        }

        var operand = _operands.Parse();
        return operand is not null && _tests.Parse(operand) is { } test ? new Comparison(operand, test) : null;
    }

    private TokenCondition? ParseToken(Lexeme name)
    {
        reader.Advance();
        if (!reader.Take("(", name.Value) || reader.TakeText("the id of a token configuration") is not { } id)
        {
            return null;
        }

        reader.Refer(ExpressionReferenceKind.Configuration, id);
        return reader.Take(")", "the id") && IsNotCompared(reader.Current)
            ? new TokenCondition(name.Value == Words.IsValid, id.Value.ToLowerInvariant())
            : null;
    }

    private bool Enter(Lexeme at)
    {
        if (++_nesting > MaximumNesting)
        {
            reader.Fail(at, $"Parentheses and not stand in each other at most {MaximumNesting} deep");
        }

        return _nesting <= MaximumNesting;
    }

    private bool IsNotCompared([NotNull] Lexeme next)
    {
        var isCompared = next.Kind is LexemeKind.Word or LexemeKind.Symbol && Words.IsComparison(next.Value);
        if (isCompared)
        {
            reader.Fail(next, "What is true or false is compared with nothing. Write it alone, or not before it");
        }

        return !isCompared;
    }

    private Condition? Expected(Lexeme at)
    {
        reader.Fail(at, "Expected a condition: is_jwt_valid(…), a field to compare, not, or (");
        return null;
    }
}
