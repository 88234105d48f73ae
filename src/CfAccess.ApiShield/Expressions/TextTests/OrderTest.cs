using System.Text;
using CfAccess.ApiShield.Expressions.Syntax;

namespace CfAccess.ApiShield.Expressions.TextTests;

/// <summary>The ways to compare two texts.</summary>
internal enum TextOrder
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary><c>eq</c>, <c>ne</c>, <c>lt</c>, <c>le</c>, <c>gt</c>, <c>ge</c>: by the bytes of UTF-8, case counts.</summary>
internal sealed class OrderTest(TextOrder order, string literal) : TextTest
{
    public TextOrder Order => order;

    public string Literal => literal;

    public override bool HoldsOfNothing => order == TextOrder.NotEqual;

    public override bool Holds(ReadOnlySpan<char> value) => order switch
    {
        TextOrder.Equal => value.SequenceEqual(literal),
        TextOrder.NotEqual => !value.SequenceEqual(literal),
        TextOrder.Less => Compare(value, literal) < 0,
        TextOrder.LessOrEqual => Compare(value, literal) <= 0,
        TextOrder.Greater => Compare(value, literal) > 0,
        _ => Compare(value, literal) >= 0,
    };

    public override void Write(StringBuilder text) => text.Append(Words.Of(order)).Append(' ').AppendLiteral(literal);

    private static int Compare(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        var common = one.CommonPrefixLength(other);
        return common == one.Length || common == other.Length
            ? one.Length.CompareTo(other.Length)
            : Rank(one[common]).CompareTo(Rank(other[common]));
    }

    /// <summary>Surrogates write the characters beyond all others, which UTF-8 sorts last.</summary>
    private static int Rank(char character) => char.IsSurrogate(character) ? character + char.MaxValue : character;
}
