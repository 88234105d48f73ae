using System.Text;

namespace CfAccess.ApiShield.Expressions.TextTests;

/// <summary>What stands right of an operand: a question about a text. Allocates nothing to answer it.</summary>
internal abstract class TextTest
{
    /// <summary>The answer where the request has no such text.</summary>
    public virtual bool HoldsOfNothing => false;

    public abstract bool Holds(ReadOnlySpan<char> value);

    public abstract void Write(StringBuilder text);
}
