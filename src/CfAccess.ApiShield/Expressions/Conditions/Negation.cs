using System.Text;

namespace CfAccess.ApiShield.Expressions.Conditions;

/// <summary><c>not</c>.</summary>
internal sealed class Negation(Condition operand) : Condition
{
    public Condition Operand => operand;

    public override bool Evaluate(ExpressionFacts facts) => !operand.Evaluate(facts);

    public override void Write(StringBuilder text, Precedence around)
    {
        text.Append("not ");
        operand.Write(text, Precedence.Not);
    }
}
