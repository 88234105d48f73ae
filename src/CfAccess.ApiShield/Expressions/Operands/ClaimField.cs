using System.Text;
using CfAccess.ApiShield.Expressions.Syntax;

namespace CfAccess.ApiShield.Expressions.Operands;

/// <summary><c>lookup_json_string(http.request.jwt.claims["…"][0], "…")</c>: a claim of a valid token.</summary>
internal sealed class ClaimField(string configurationId, string name) : Operand
{
    public override bool TryRead(ExpressionFacts facts, out ReadOnlySpan<char> value) =>
        facts.TryGetClaim(configurationId, name, out value);

    public override void Write(StringBuilder text) => text
        .Append(Words.Lookup).Append('(').Append(Words.Claims)
        .Append('[').AppendLiteral(configurationId).Append("][0], ")
        .AppendLiteral(name).Append(')');
}
