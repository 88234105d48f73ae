using System.Text;

namespace CfAccess.ApiShield.Expressions.Conditions;

/// <summary>What is true or false of a request.</summary>
internal abstract class Condition
{
    public abstract bool Evaluate(ExpressionFacts facts);

    /// <param name="text">What to write to.</param>
    /// <param name="around">How tightly what is around it binds; what binds less than that stands in parentheses.</param>
    public abstract void Write(StringBuilder text, Precedence around);

    public sealed override string ToString()
    {
        var text = new StringBuilder();
        Write(text, Precedence.Or);
        return text.ToString();
    }
}
