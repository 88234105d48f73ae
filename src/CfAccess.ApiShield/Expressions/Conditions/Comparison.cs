using System.Text;
using CfAccess.ApiShield.Expressions.Operands;
using CfAccess.ApiShield.Expressions.TextTests;

namespace CfAccess.ApiShield.Expressions.Conditions;

/// <summary>A text of the request, and what it must be like.</summary>
internal sealed class Comparison(Operand operand, TextTest test) : Condition
{
    public Operand Operand => operand;

    public TextTest Test => test;

    public override bool Evaluate(ExpressionFacts facts) =>
        operand.TryRead(facts, out var value) ? test.Holds(value) : test.HoldsOfNothing;

    public override void Write(StringBuilder text, Precedence around)
    {
        operand.Write(text);
        text.Append(' ');
        test.Write(text);
    }
}
