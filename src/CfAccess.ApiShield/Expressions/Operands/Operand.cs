using System.Text;

namespace CfAccess.ApiShield.Expressions.Operands;

/// <summary>What stands left of a comparison: a text of the request, which it may lack.</summary>
internal abstract class Operand
{
    public abstract bool TryRead(ExpressionFacts facts, out ReadOnlySpan<char> value);

    public abstract void Write(StringBuilder text);

    public sealed override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }
}
