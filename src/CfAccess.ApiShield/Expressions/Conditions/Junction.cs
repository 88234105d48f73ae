using System.Text;

namespace CfAccess.ApiShield.Expressions.Conditions;

/// <summary>
/// Conditions joined by one operator, any number of them, so that a long chain is no deep tree: <c>and</c>, <c>xor</c> or <c>or</c>.
/// </summary>
internal sealed class Junction(Precedence kind, Condition[] operands) : Condition
{
    public Precedence Kind => kind;

    public IReadOnlyList<Condition> Operands => operands;

    public override bool Evaluate(ExpressionFacts facts) => kind switch
    {
        Precedence.And => !HasOne(facts, isTrue: false),
        Precedence.Or => HasOne(facts, isTrue: true),
        _ => IsOddNumberTrue(facts),
    };

    public override void Write(StringBuilder text, Precedence around)
    {
        text.Append(kind < around ? "(" : string.Empty);
        for (var i = 0; i < operands.Length; i++)
        {
            text.Append(i == 0 ? string.Empty : Separator);

            // An operand that is such a chain itself was taken into this one, so what is left binds tighter.
            operands[i].Write(text, kind + 1);
        }

        text.Append(kind < around ? ")" : string.Empty);
    }

    private string Separator => kind switch
    {
        Precedence.And => " and ",
        Precedence.Or => " or ",
        _ => " xor ",
    };

    private bool HasOne(ExpressionFacts facts, bool isTrue)
    {
        foreach (var operand in operands)
        {
            if (operand.Evaluate(facts) == isTrue)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOddNumberTrue(ExpressionFacts facts)
    {
        var isOdd = false;
        foreach (var operand in operands)
        {
            isOdd ^= operand.Evaluate(facts);
        }

        return isOdd;
    }
}
