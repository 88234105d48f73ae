using System.Text;
using CfAccess.ApiShield.Expressions.Conditions;
using CfAccess.ApiShield.Expressions.TextTests;

namespace CfAccess.ApiShield.Expressions;

/// <summary>
/// Finds out whether a condition says the same of every request, by trying all answers that its distinct questions can have. A token that
/// is valid is present, and one text equals only one other; beyond that any answers are thought possible. With more than
/// <see cref="MaximumQuestions"/> questions it does not look.
/// </summary>
internal sealed class TruthTable
{
    /// <summary>As many as 4,096 rows allow.</summary>
    private const int MaximumQuestions = 12;

    private readonly Dictionary<string, int> _questions = new(StringComparer.Ordinal);
    private readonly Dictionary<Condition, int> _leaves = new(ReferenceEqualityComparer.Instance);
    private readonly List<Condition> _distinct = [];
    private readonly List<Exclusion> _exclusions = [];

    private TruthTable()
    {
    }

    public static ExpressionTruth Of(Condition condition)
    {
        var table = new TruthTable();
        table.Collect(condition);
        if (table._distinct.Count > MaximumQuestions)
        {
            return ExpressionTruth.Open;
        }

        table.Relate();
        return table.Try(condition);
    }

    private ExpressionTruth Try(Condition condition)
    {
        var (isEverTrue, isEverFalse) = (false, false);
        for (var row = 0; row < 1 << _distinct.Count && !(isEverTrue && isEverFalse); row++)
        {
            if (IsPossible(row))
            {
                var isTrue = Value(condition, row);
                isEverTrue |= isTrue;
                isEverFalse |= !isTrue;
            }
        }

        return !isEverFalse ? ExpressionTruth.AlwaysTrue : isEverTrue ? ExpressionTruth.Open : ExpressionTruth.AlwaysFalse;
    }

    private void Collect(Condition condition)
    {
        switch (condition)
        {
            case Junction junction:
                foreach (var operand in junction.Operands)
                {
                    Collect(operand);
                }

                break;
            case Negation negation:
                Collect(negation.Operand);
                break;
            default:
                var question = QuestionOf(condition);
                if (_questions.TryAdd(question, _distinct.Count))
                {
                    _distinct.Add(condition);
                }

                _leaves[condition] = _questions[question];
                break;
        }
    }

    private bool Value(Condition condition, int row) => condition switch
    {
        Negation negation => !Value(negation.Operand, row),
        Junction { Kind: Precedence.And } all => all.Operands.All(operand => Value(operand, row)),
        Junction { Kind: Precedence.Or } any => any.Operands.Any(operand => Value(operand, row)),
        Junction odd => odd.Operands.Count(operand => Value(operand, row)) % 2 == 1,
        _ => IsYes(row, _leaves[condition]) != IsUnequal(condition),
    };

    private bool IsPossible(int row) =>
        !_exclusions.Exists(exclusion => IsYes(row, exclusion.One) && IsYes(row, exclusion.Other) == exclusion.Answer);

    private void Relate()
    {
        for (var one = 0; one < _distinct.Count; one++)
        {
            for (var other = 0; other < _distinct.Count; other++)
            {
                if (one != other && ExcludedAnswer(_distinct[one], _distinct[other]) is { } answer)
                {
                    _exclusions.Add(new Exclusion(one, other, answer));
                }
            }
        }
    }

    /// <summary>The answer to another question that the answer yes to one rules out.</summary>
    private static bool? ExcludedAnswer(Condition one, Condition other) => (one, other) switch
    {
        (TokenCondition { IsValidity: true } valid, TokenCondition { IsValidity: false } present)
            when valid.ConfigurationId == present.ConfigurationId => false,
        (Comparison { Test: OrderTest { Order: TextOrder.Equal or TextOrder.NotEqual } } first,
            Comparison { Test: OrderTest { Order: TextOrder.Equal or TextOrder.NotEqual } } second)
            when first.Operand.ToString() == second.Operand.ToString() => true,
        _ => null,
    };

    /// <summary><c>ne</c> is <c>not</c> with <c>eq</c>, on a missing text too.</summary>
    private static string QuestionOf(Condition condition)
    {
        if (condition is not Comparison { Test: OrderTest { Order: TextOrder.NotEqual } test } comparison)
        {
            return condition.ToString();
        }

        var text = new StringBuilder();
        new Comparison(comparison.Operand, new OrderTest(TextOrder.Equal, test.Literal)).Write(text, Precedence.Not);
        return text.ToString();
    }

    private static bool IsUnequal(Condition condition) => condition is Comparison { Test: OrderTest { Order: TextOrder.NotEqual } };

    private static bool IsYes(int row, int question) => (row & (1 << question)) != 0;

    /// <summary>The answer yes to one question rules out this answer to another.</summary>
    private readonly record struct Exclusion(int One, int Other, bool Answer);
}
