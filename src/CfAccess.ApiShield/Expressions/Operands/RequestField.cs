using System.Text;
using CfAccess.ApiShield.Expressions.Syntax;

namespace CfAccess.ApiShield.Expressions.Operands;

/// <summary>A field that every request has once: method, host or path.</summary>
internal sealed class RequestField(string name) : Operand
{
    public override bool TryRead(ExpressionFacts facts, out ReadOnlySpan<char> value)
    {
        value = name switch
        {
            Words.Method => facts.Method,
            Words.Host => facts.Host,
            _ => facts.Path,
        };
        return true;
    }

    public override void Write(StringBuilder text) => text.Append(name);
}
