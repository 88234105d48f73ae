using System.Globalization;
using System.Text;
using CfAccess.ApiShield.Expressions.Syntax;

namespace CfAccess.ApiShield.Expressions.Operands;

/// <summary><c>http.request.headers["…"][n]</c> and <c>http.request.cookies["…"][n]</c>.</summary>
internal sealed class IndexedField(bool isCookie, string name, int index) : Operand
{
    public bool IsCookie => isCookie;

    public string Name => name;

    public int Index => index;

    public override bool TryRead(ExpressionFacts facts, out ReadOnlySpan<char> value) =>
        isCookie ? facts.TryGetCookie(name, index, out value) : facts.TryGetHeader(name, index, out value);

    public override void Write(StringBuilder text) => text
        .Append(isCookie ? Words.Cookies : Words.Headers)
        .Append('[')
        .AppendLiteral(name)
        .Append(CultureInfo.InvariantCulture, $"][{index}]");
}
