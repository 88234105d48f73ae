using System.Text;
using CfAccess.ApiShield.Expressions.Syntax;

namespace CfAccess.ApiShield.Expressions.TextTests;

/// <summary><c>contains</c>; case counts.</summary>
internal sealed class ContainsTest(string literal) : TextTest
{
    public override bool Holds(ReadOnlySpan<char> value) => value.Contains(literal, StringComparison.Ordinal);

    public override void Write(StringBuilder text) => text.Append(Words.Contains).Append(' ').AppendLiteral(literal);
}
