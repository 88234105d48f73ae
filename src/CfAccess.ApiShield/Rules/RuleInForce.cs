using CfAccess.ApiShield.Expressions;

namespace CfAccess.ApiShield.Rules;

/// <summary>A rule with its expression and selector read.</summary>
/// <param name="Document">What the document says.</param>
/// <param name="Pointer">Where it stands in the document.</param>
/// <param name="Expression">What requests have to satisfy.</param>
/// <param name="States">What its selector does with operations.</param>
internal sealed record RuleInForce(ApiShieldRule Document, string Pointer, RuleExpression Expression, SelectorStates States)
{
    public bool IsBlock => Document.Action == ApiShieldAction.Block;
}
